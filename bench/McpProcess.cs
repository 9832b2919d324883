using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace McpConsole.Bench;

/// <summary>A measured MCP server: started, timed to its first answered initialize, then loaded.</summary>
internal sealed class McpProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Uri _url;
    private readonly bool _answersOnStream;

    private McpProcess(Process process, Uri url, bool answersOnStream) => (_process, _url, _answersOnStream) = (process, url, answersOnStream);

    /// <summary>From the start of the process to the end of the answer.</summary>
    public TimeSpan FirstAnswer { get; private set; }

    public double ResidentMegabytes =>
        File.ReadLines($"/proc/{_process.Id}/status")
            .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
            .First();

    public static async Task<McpProcess> StartAsync(ServerCommand server, CancellationToken cancellationToken)
    {
        var port = FreePort();
        var start = server.Command(port);
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var watch = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var subject = new McpProcess(process, new Uri($"http://127.0.0.1:{port}/mcp"), server.AnswersOnStream);
        await WaitForListenerAsync(process, port, cancellationToken);
        await using var connection = await McpConnection.InitializeAsync(subject._url, cancellationToken);
        subject.FirstAnswer = watch.Elapsed;
        return subject;
    }

    /// <summary>Makes so many calls on each connection.</summary>
    public async Task CallAsync(int connections, int calls, CancellationToken cancellationToken) =>
        await OnEachConnectionAsync(connections, done => done < calls, cancellationToken);

    /// <summary>Calls on each connection for some time; returns the calls per second over all.</summary>
    public async Task<double> CallAsync(int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var calls = await OnEachConnectionAsync(connections, _ => watch.Elapsed < duration, cancellationToken);
        return calls / watch.Elapsed.TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<long> OnEachConnectionAsync(int connections, Func<int, bool> more, CancellationToken cancellationToken)
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            await using var connection = await McpConnection.OpenAsync(_url, _answersOnStream, cancellationToken);
            var list = await connection.RequestAsync("tools/list", "{}", cancellationToken);
            var start = list.IndexOf("\"name\":\"", StringComparison.Ordinal) + 8;
            var tool = list[start..list.IndexOf('"', start)];
            var done = 0;
            for (; more(done); done++)
            {
                var parameters = $$$"""{"name":"{{{tool}}}","arguments":{"id":"x{{{done}}}","limit":5} }""";
                var answer = await connection.RequestAsync("tools/call", parameters, cancellationToken);
                if (!answer.Contains($"x{done}", StringComparison.Ordinal) || answer.Contains("\"isError\":true", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException($"A wrong answer: {answer}");
                }
            }

            return (long)done;
        }));
        return counts.Sum();
    }

    // A refused connection answers at once, so this spins at about the speed of a scheduler tick.
    private static async Task WaitForListenerAsync(Process process, int port, CancellationToken cancellationToken)
    {
        while (!process.HasExited)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(1, cancellationToken);
            }
        }

        throw new InvalidOperationException($"The server ended with {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
