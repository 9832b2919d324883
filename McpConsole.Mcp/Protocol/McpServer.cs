using Microsoft.Extensions.Logging;

namespace McpConsole.Mcp.Protocol;

/// <summary>
/// An MCP server of our own: answers both eras from the sources of its <see cref="ServerFeatures"/>. It knows no transport and may stand
/// behind several at once. Thread-safe. Disposing it ends the subscriptions of its clients.
/// </summary>
public sealed class McpServer : IMcpEndpoint, IDisposable
{
    private readonly RequestHandlers _handlers;
    private readonly ChangeFeed _changes;

    public McpServer(ServerFeatures features, ILogger<McpServer> logger)
    {
        _changes = new ChangeFeed(features);
        _handlers = new RequestHandlers(features, _changes, logger);
    }

    IConversation IMcpEndpoint.Open(IOutlet client) => new ServerConversation(_handlers, _changes, client);

    void IMcpEndpoint.Handle(RpcMessage request, IReply reply, CancellationToken cancellationToken)
    {
        try
        {
            _ = _handlers.RunAsync(new ModernScope(request, reply, cancellationToken));
        }
        catch (McpException fault)
        {
            reply.Complete(RpcFrames.Error(request[request.Id].Span, fault.Code, fault.Message, fault.Details.Span), fault.Code);
        }
    }

    public void Dispose() => _changes.Dispose();
}
