using System.Text.Json;
using System.Text.Json.Serialization;
using McpConsole.Domain.Servers;

namespace McpConsole.Infrastructure.Processes;

/// <summary>
/// The live run of a server on disk, in <c>run.json</c>: a console that was killed leaves it, the next one finds the process by it. It
/// is written before the launch, without a pid, and again after: a console killed in between finds the process by its marks.
/// </summary>
/// <param name="BootId">A pid and start ticks name a process within one boot of the machine.</param>
/// <param name="Revision">Of the definition that it was launched from.</param>
/// <param name="HoldsStreams">Whether the console holds its standard streams: then it cannot be adopted.</param>
internal sealed record RunFile(
    Guid RunId,
    string BootId,
    int? Pid,
    long? StartTicks,
    DateTimeOffset StartedAt,
    int? Port,
    int Revision,
    string CommandLine,
    bool HoldsStreams)
{
    private const string Name = "run.json";

    public static RunFile? Read(DataFolder data, ServerId server)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(data, server)), RunFileJson.Default.RunFile);
        }
        catch (Exception gone) when (gone is IOException or JsonException or UnauthorizedAccessException)
        {
            // No run, or a file that a full disk cut short: the marks in /proc still find what runs.
            return null;
        }
    }

    /// <summary>Replaces the file in one step: a reader finds the old content or the new.</summary>
    public void Write(DataFolder data, ServerId server)
    {
        Directory.CreateDirectory(data.Server(server));
        var path = PathOf(data, server);
        var draft = path + ".new";
        File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(this, RunFileJson.Default.RunFile));
        File.Move(draft, path, overwrite: true);
    }

    public static void Delete(DataFolder data, ServerId server)
    {
        if (Directory.Exists(data.Server(server)))
        {
            File.Delete(PathOf(data, server));
        }
    }

    private static string PathOf(DataFolder data, ServerId server) => Path.Combine(data.Server(server), Name);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunFile))]
internal sealed partial class RunFileJson : JsonSerializerContext;
