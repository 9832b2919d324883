using System.Collections.Immutable;
using System.Diagnostics;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Mcp.Bridge;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpConsole.Bench;

/// <summary>
/// The stdio bridge with one shared child, the conformance fixture server: calls of a tool that answers at once, at 1 and 16 connections.
/// The limits to beat were measured on another run of a 2-core machine: punkpeye mcp-proxy 1,000 and 1,464 calls per second.
/// </summary>
internal static class BridgeBench
{
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(4);

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "McpConsole.ConformanceServer", "release", "McpConsole.ConformanceServer"));
        await using var child = new Child(program);
        var definition = new ServerDefinition
        {
            Id = new ServerId(Guid.NewGuid()),
            Name = "bench",
            Launch = new CommandLaunch { Argv = [program, "--stdio"] },
            Transport = McpTransport.Stdio,
        };
        var settings = new BridgeSettings(definition, 0, _ => throw new InvalidOperationException("The child is shared."));
        var opened = await new BridgeHost(TimeProvider.System, NullLoggerFactory.Instance).OpenAsync(settings, cancellationToken);
        await using var bridge = opened.Value;
        bridge.Attach(child);
        Table.Head("connections", "calls/s", "median, ms", "99 %, ms", "slowest, ms");
        foreach (var connections in ImmutableArray.Create(1, 16))
        {
            await LoadAsync(bridge.Url, connections, TimeSpan.FromSeconds(1), cancellationToken);
            var samples = await LoadAsync(bridge.Url, connections, s_duration, cancellationToken);
            Table.Row(
                $"{connections}",
                Table.Number(samples.Length / s_duration.TotalSeconds),
                $"{Table.Quantile(samples, 0.5):0.00}",
                $"{Table.Quantile(samples, 0.99):0.00}",
                $"{samples[^1]:0.0}");
        }
    }

    /// <summary>The milliseconds that each call took.</summary>
    private static async Task<double[]> LoadAsync(Uri url, int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            await using var connection = await McpConnection.OpenAsync(url, answersOnStream: false, cancellationToken);
            var samples = new List<double>();
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                var sent = Stopwatch.GetTimestamp();
                var answer = await connection.RequestAsync("tools/call", """{"name":"test_simple_text"}""", cancellationToken);
                samples.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                if (!answer.Contains("simple text response", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException($"A wrong answer: {answer}");
                }
            }

            return samples;
        }));
        return [.. all.SelectMany(samples => samples)];
    }

    private sealed class Child : IStdioChild
    {
        private readonly Process _process;

        public Child(string program) => _process = Process.Start(new ProcessStartInfo(program, ["--stdio"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

        public int Pid => _process.Id;

        public Stream Input => _process.StandardInput.BaseStream;

        public Stream Output => _process.StandardOutput.BaseStream;

        public Task Exited => _process.WaitForExitAsync();

        public async ValueTask DisposeAsync()
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }
}
