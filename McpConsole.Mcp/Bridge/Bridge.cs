using McpConsole.Domain.Processes;
using McpConsole.Mcp.Transports;

namespace McpConsole.Mcp.Bridge;

/// <summary>An open bridge: its listener, and in shared mode the endpoint that a child is put behind.</summary>
internal sealed class Bridge(McpListener listener, McpHttpApp app, Uri url, SharedEndpoint? shared, IAsyncDisposable? perSession) : IBridge
{
    public Uri Url { get; } = url;

    public int Connections => app.Sessions;

    public void Attach(IStdioChild child) =>
        (shared ?? throw new InvalidOperationException("Each session of this bridge starts a child of its own.")).Attach(child);

    public async ValueTask DisposeAsync()
    {
        shared?.Dispose();
        await listener.DisposeAsync();
        if (perSession is not null)
        {
            await perSession.DisposeAsync();
        }
    }
}
