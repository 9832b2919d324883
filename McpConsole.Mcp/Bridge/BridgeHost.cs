using System.Globalization;
using System.Net;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Mcp.Transports;
using Microsoft.Extensions.Logging;

namespace McpConsole.Mcp.Bridge;

/// <summary>Opens bridges, each with a small Kestrel of its own: its URL looks like any other server's.</summary>
internal sealed class BridgeHost(TimeProvider time, ILoggerFactory loggers) : IBridgeHost
{
    public async Task<Result<IBridge>> OpenAsync(BridgeSettings settings, CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger<BridgeHost>();
        var options = new HttpTransportOptions
        {
            Endpoint = settings.Definition.EffectiveEndpoint,
            SessionsChanged = settings.ConnectionsChanged,
            Time = time,
        };
        var isShared = settings.Definition.Launch is not CommandLaunch { Sharing: StdioSharing.PerSession };
        var shared = isShared ? new SharedEndpoint(settings.Tap, time, logger) : null;
        var perSession = isShared ? null : new PerSessionEndpoint(settings.SpawnForSession, settings.Tap, time, logger);
        var app = shared is not null ? McpHttpApp.Streamable(shared, options) : McpHttpApp.Streamable(perSession!, options);
        try
        {
            var listener = await McpListener.StartAsync(new IPEndPoint(IPAddress.Loopback, settings.Port), app, loggers, cancellationToken);
            var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{listener.Port}{options.Endpoint}"));
            return new Bridge(listener, app, url, shared, perSession);
        }
        catch (IOException)
        {
            return new Error("bridge.port_taken", ErrorKind.Conflict, "Port {0} is taken by another program. Choose another port, or stop that program.", settings.Port);
        }
    }
}
