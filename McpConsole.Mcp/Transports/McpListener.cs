using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpConsole.Mcp.Transports;

/// <summary>A small Kestrel of its own in front of a <see cref="McpHttpApp"/>, without a host: it starts in a fraction of the time.</summary>
public sealed class McpListener : IAsyncDisposable
{
    private readonly KestrelServer _kestrel;
    private readonly McpHttpApp _app;

    private McpListener(KestrelServer kestrel, McpHttpApp app) => (_kestrel, _app) = (kestrel, app);

    /// <summary>Where it listens: the port picked, where 0 was asked for.</summary>
    public int Port { get; private set; }

    /// <summary>Listens; the app is disposed with the listener.</summary>
    /// <exception cref="IOException">The address is taken, or not one of this machine.</exception>
    public static async Task<McpListener> StartAsync(IPEndPoint address, McpHttpApp app, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };

        // The transport has its own limit, and answers it as MCP.
        options.Limits.MaxRequestBodySize = null;
        options.Listen(address, static listen => listen.Protocols = HttpProtocols.Http1);
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers);
        var kestrel = new KestrelServer(Options.Create(options), sockets, loggers);
        var listener = new McpListener(kestrel, app);
        try
        {
            await kestrel.StartAsync(new Application(app), cancellationToken);
        }
        catch
        {
            kestrel.Dispose();
            throw;
        }

        foreach (var bound in kestrel.Features.Get<IServerAddressesFeature>()!.Addresses)
        {
            listener.Port = BindingAddress.Parse(bound).Port;
        }

        return listener;
    }

    /// <summary>Ends the sessions, then waits for the requests under way to end, for a second.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _kestrel.StopAsync(patience.Token);
        _kestrel.Dispose();
    }

    private sealed class Application(McpHttpApp app) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => app.HandleAsync(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
