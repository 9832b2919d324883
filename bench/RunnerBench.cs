using System.Diagnostics;

namespace McpConsole.Bench;

/// <summary>
/// <c>mcpc serve</c> beside @ivotoby/openapi-mcp-server (npm), on the same documents and the same API behind: time from the start of the
/// process to the first answered initialize, resident memory idle and after 1,000 calls, calls per second at 1 and 16 connections.
/// The peer is found in the folder that <c>MCPCONSOLE_PEERS</c> names (npm install it there); without it only ours is measured.
/// </summary>
internal static class RunnerBench
{
    private const int Starts = 11;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var api = await EchoApi.StartAsync(cancellationToken);
        var documents = new (string Name, string Path)[]
        {
            ("20 operations", SampleDocument.Write(api.Url, operations: 20, padding: 200)),
            ("3.4 MB", SampleDocument.Write(api.Url, operations: 900, padding: 2600)),
        };
        Table.Head("document", "server", "first initialize, ms (median, max)", "idle, MB", "after 1,000 calls, MB", "calls/s, 1 conn.", "calls/s, 16 conn.");
        foreach (var (name, path) in documents)
        {
            foreach (var server in Servers(path, api.Url))
            {
                await MeasureAsync(name, server, cancellationToken);
            }

            File.Delete(path);
        }
    }

    private static async Task MeasureAsync(string document, ServerCommand server, CancellationToken cancellationToken)
    {
        var starts = new double[Starts];
        for (var i = -1; i < Starts; i++)
        {
            await using var run = await McpProcess.StartAsync(server, cancellationToken);
            if (i >= 0)
            {
                starts[i] = run.FirstAnswer.TotalMilliseconds; // The first one, not counted, warms the page cache and any cache of the server's.
            }
        }

        await using var subject = await McpProcess.StartAsync(server, cancellationToken);
        var idle = subject.ResidentMegabytes;
        await subject.CallAsync(connections: 1, calls: 1000, cancellationToken);
        var worked = subject.ResidentMegabytes;
        var single = await subject.CallAsync(connections: 1, TimeSpan.FromSeconds(4), cancellationToken);
        var many = await subject.CallAsync(connections: 16, TimeSpan.FromSeconds(4), cancellationToken);
        Table.Row(
            document,
            server.Name,
            $"{Table.Number(Table.Quantile(starts, 0.5))}, {Table.Number(starts[^1])}",
            Table.Number(idle),
            Table.Number(worked),
            Table.Number(single),
            Table.Number(many));
    }

    private static IEnumerable<ServerCommand> Servers(string document, string apiUrl)
    {
        var runner = Path.Combine(Artifacts(), "McpConsole.Runner", "release", "mcpc");
        yield return new("mcpc", port => new ProcessStartInfo(
            runner, ["serve", "--openapi", document, "--transport", "streamable", "--port", $"{port}"]));
        if (Environment.GetEnvironmentVariable("MCPCONSOLE_PEERS") is { } peers)
        {
            var script = Path.Combine(peers, "node_modules", "@ivotoby", "openapi-mcp-server", "bin", "mcp-server.js");
            yield return new("@ivotoby/openapi-mcp-server", port => new ProcessStartInfo(
                "node", [script, "--api-base-url", apiUrl, "--openapi-spec", document, "--transport", "http", "--port", $"{port}", "--verbose", "false"]),
                AnswersOnStream: true);
        }
    }

    private static string Artifacts() => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));
}

/// <param name="Command">The command line for a port to listen on.</param>
/// <param name="AnswersOnStream">Whether it sends answers on the session's GET stream.</param>
internal sealed record ServerCommand(string Name, Func<int, ProcessStartInfo> Command, bool AnswersOnStream = false);
