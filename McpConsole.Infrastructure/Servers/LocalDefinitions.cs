using System.Text.Json;
using System.Text.Json.Nodes;
using McpConsole.Domain.Servers;
using Microsoft.Extensions.Logging;

namespace McpConsole.Infrastructure.Servers;

/// <summary>
/// A copy of each server beside its run, as the database has it, secrets encrypted: with it a console takes up its servers at once,
/// whether or not the database is there.
/// </summary>
internal sealed partial class LocalDefinitions(DataFolder data, DefinitionJson json, ILogger<LocalDefinitions> logger)
{
    private const string Name = "definition.json";

    public IReadOnlyList<StoredServer> ReadAll()
    {
        var servers = new List<StoredServer>();
        foreach (var folder in Directory.Exists(data.Servers) ? Directory.EnumerateDirectories(data.Servers) : [])
        {
            try
            {
                using var copy = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, Name)));
                var port = copy.RootElement.GetProperty("pickedPort");
                servers.Add(new StoredServer(
                    json.Read(copy.RootElement.GetProperty("definition").GetRawText()),
                    copy.RootElement.GetProperty("shallRun").GetBoolean(),
                    port.ValueKind == JsonValueKind.Null ? null : port.GetInt32()));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
            {
                // Cut short by a full disk: the database has the original.
                LogUnreadable(folder, fault.Message);
            }
        }

        return servers;
    }

    public void Write(StoredServer server)
    {
        var copy = new JsonObject
        {
            ["shallRun"] = server.ShallRun,
            ["pickedPort"] = server.PickedPort,
            ["definition"] = JsonNode.Parse(json.Write(server.Definition)),
        };
        var path = Path.Combine(Directory.CreateDirectory(data.Server(server.Definition.Id)).FullName, Name);
        File.WriteAllText(path + ".new", copy.ToJsonString());
        File.Move(path + ".new", path, overwrite: true);
    }

    public void Delete(ServerId server)
    {
        if (Directory.Exists(data.Server(server)))
        {
            Directory.Delete(data.Server(server), recursive: true);
        }
    }

    [LoggerMessage(1030, LogLevel.Warning, "The copy of the server in {Folder} cannot be read, the database is asked for it: {Reason}")]
    private partial void LogUnreadable(string folder, string reason);
}
