using System.Text.Json;
using System.Text.Json.Serialization;
using McpConsole.Domain.Servers;
using Microsoft.Extensions.Logging;

namespace McpConsole.Infrastructure.Processes;

/// <summary>Keeps each server's <see cref="RunFile"/>. A disk that is full costs the note, never the server.</summary>
internal sealed partial class RunFiles(DataFolder data, ILogger<RunFiles> logger)
{
    private const string Name = "run.json";

    /// <summary>Null when there is none, or a full disk cut it short: the marks in /proc still find what runs.</summary>
    public RunFile? Read(ServerId server)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(server)), RunFileJson.Default.RunFile);
        }
        catch (Exception missing) when (missing is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Replaces the file in one step: a reader finds the old content or the new.</summary>
    public void Write(ServerId server, RunFile file) => Guard(server, () =>
    {
        Directory.CreateDirectory(data.Server(server));
        var path = PathOf(server);
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(file, RunFileJson.Default.RunFile));
        File.Move(path + ".new", path, overwrite: true);
    });

    public void Delete(ServerId server) => Guard(server, () =>
    {
        if (Directory.Exists(data.Server(server)))
        {
            File.Delete(PathOf(server));
        }
    });

    private string PathOf(ServerId server) => Path.Combine(data.Server(server), Name);

    private void Guard(ServerId server, Action work)
    {
        try
        {
            work();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogNotKept(server, fault.Message);
        }
    }

    [LoggerMessage(1530, LogLevel.Warning, "Server {Server}: the note of its run was not renewed; a killed console would find it by its marks alone: {Reason}")]
    private partial void LogNotKept(ServerId server, string reason);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunFile))]
internal sealed partial class RunFileJson : JsonSerializerContext;
