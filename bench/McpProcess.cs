using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace McpConsole.Bench;

/// <summary>A measured MCP server: started, timed to its first answered initialize, then loaded.</summary>
internal sealed class McpProcess : IAsyncDisposable
{
    private const string Initialize = """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}
        """;

    private const string Initialized = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";

    private const string ListTools = """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""";

    private readonly Process _process;
    private readonly Uri _url;

    private McpProcess(Process process, Uri url) => (_process, _url) = (process, url);

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
        var subject = new McpProcess(process, new Uri($"http://127.0.0.1:{port}/mcp"));
        await WaitForListenerAsync(process, port, cancellationToken);
        using var client = Client();
        await subject.OpenSessionAsync(client, cancellationToken);
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
            using var client = Client();
            var session = await OpenSessionAsync(client, cancellationToken);
            var tool = await FirstToolAsync(client, session, cancellationToken);
            var done = 0;
            while (more(done))
            {
                var answer = await PostAsync(client, session, Call(tool, done++), cancellationToken);
                if (!answer.Contains("limit", StringComparison.Ordinal) || answer.Contains("\"isError\":true", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException($"A wrong answer: {answer}");
                }
            }

            return (long)done;
        }));
        return counts.Sum();
    }

    private static string Call(string tool, int id) =>
        $$$$"""{"jsonrpc":"2.0","id":{{{{id + 10}}}},"method":"tools/call","params":{"name":"{{{{tool}}}}","arguments":{"id":"x{{{{id}}}}","limit":5}}}""";

    private async Task<string?> OpenSessionAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var request = Request(null, Initialize);
        using var response = await client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsStringAsync(cancellationToken);
        var session = response.Headers.TryGetValues("Mcp-Session-Id", out var values) ? values.First() : null;
        if (FirstAnswer != default)
        {
            await PostAsync(client, session, Initialized, cancellationToken);
        }

        return session;
    }

    private async Task<string> FirstToolAsync(HttpClient client, string? session, CancellationToken cancellationToken)
    {
        var list = await PostAsync(client, session, ListTools, cancellationToken);
        var start = list.IndexOf("\"name\":\"", StringComparison.Ordinal) + 8;
        return list[start..list.IndexOf('"', start)];
    }

    private async Task<string> PostAsync(HttpClient client, string? session, string message, CancellationToken cancellationToken)
    {
        using var request = Request(session, message);
        using var response = await client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    private HttpRequestMessage Request(string? session, string message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _url)
        {
            Content = new StringContent(message, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
            request.Headers.Add("MCP-Protocol-Version", "2025-06-18");
        }

        return request;
    }

    private static HttpClient Client() => new(new SocketsHttpHandler { MaxConnectionsPerServer = 1 });

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
