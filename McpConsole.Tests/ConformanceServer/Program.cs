// The server that the official conformance suite expects to test, on this project's own MCP implementation.
// Usage: McpConsole.ConformanceServer --stdio | --port N (0 picks one); prints the URL it listens on.
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using McpConsole.ConformanceServer;
using McpConsole.Mcp.Protocol;
using McpConsole.Mcp.Transports;
using Microsoft.Extensions.Logging.Abstractions;

using var server = new McpServer(
    new ServerFeatures
    {
        Name = "conformance-server",
        Version = "1.0.0",
        Tools = new FixtureTools(),
        Resources = new FixtureResources(),
        Prompts = new FixturePrompts(),
        Completions = new FixtureCompletions(),
        Logging = true,
    },
    NullLogger<McpServer>.Instance);

using var stop = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});

if (args is ["--stdio"])
{
    await new StdioServer(server, Console.OpenStandardInput(), Console.OpenStandardOutput()).RunAsync(stop.Token);
    return;
}

var port = args is ["--port", var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
await using var listener = await McpListener.StartAsync(
    new IPEndPoint(IPAddress.Loopback, port),
    McpHttpApp.Streamable(server, new HttpTransportOptions()),
    NullLoggerFactory.Instance,
    stop.Token);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{listener.Port}/mcp"));
await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
