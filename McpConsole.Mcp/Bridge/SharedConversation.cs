using System.Collections.Concurrent;
using System.Text.Json;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Bridge;

/// <summary>One session in front of a shared child.</summary>
internal sealed class SharedConversation(SharedEndpoint endpoint, IOutlet client) : IConversation
{
    private readonly AskedQuestions _asked = new();
    private readonly ConcurrentDictionary<string, bool> _subscriptions = new(StringComparer.Ordinal);
    private JsonElement _capabilities;

    public string? ProtocolVersion { get; private set; }

    public ICollection<string> Subscriptions => _subscriptions.Keys;

    public bool IsSubscribed(string uri) => _subscriptions.ContainsKey(uri);

    public bool Supports(string method) => ClientCapability.Has(method, _capabilities);

    public void Handle(RpcMessage request, IReply reply)
    {
        switch (request.Method)
        {
            case RpcMethods.Initialize:
                _ = InitializeAsync(request, reply);
                return;
            case RpcMethods.Ping:
                reply.Complete(RpcFrames.Result(request[request.Id].Span, "{}"u8));
                return;
            case RpcMethods.ResourcesSubscribe when request.Text(request.Uri) is { } uri:
                _subscriptions[uri] = true;
                break;
            case RpcMethods.ResourcesUnsubscribe when request.Text(request.Uri) is { } uri:
                _subscriptions.TryRemove(uri, out _);
                if (endpoint.IsSubscribed(uri))
                {
                    reply.Complete(RpcFrames.Result(request[request.Id].Span, "{}"u8));
                    return;
                }

                break;
        }

        if (endpoint.Ready is { } child)
        {
            child.Forward(request, reply, this);
        }
        else
        {
            _ = ForwardAsync(request, reply);
        }
    }

    public void Accept(RpcMessage message)
    {
        switch (message.Method)
        {
            case null:
                _asked.Answer(message);
                break;
            case RpcMethods.Cancelled:
                endpoint.Ready?.Cancel(this, message);
                break;
            case RpcMethods.Progress when endpoint.Ready is { } child:
                using (var copy = new PooledBuffer())
                {
                    copy.Write(message.Bytes.Span);
                    child.Send(copy);
                }

                break;
        }
    }

    /// <summary>Passes on what the child asks, within the answer to a request of this session.</summary>
    public void Ask(ChildLink child, RpcMessage request, IReply reply)
    {
        using var message = _asked.Ask(child, request);
        reply.Send(message.Span);
    }

    /// <summary>Passes on what the child tells all.</summary>
    public void Pass(ChildLink child, RpcMessage notification)
    {
        if (ProtocolVersion is null)
        {
            return;
        }

        if (notification.Method == RpcMethods.Cancelled)
        {
            using var message = _asked.Withdraw(child, notification);
            if (message is not null)
            {
                client.Send(message.Span);
            }
        }
        else if (notification.Method != RpcMethods.ResourceUpdated || IsSubscribed(notification.Text(notification.Uri) ?? ""))
        {
            client.Send(notification.Bytes.Span);
        }
    }

    public ValueTask DisposeAsync()
    {
        endpoint.Close(this);
        endpoint.Ready?.CancelAll(this);
        return ValueTask.CompletedTask;
    }

    private async Task InitializeAsync(RpcMessage request, IReply reply)
    {
        try
        {
            var parameters = RequestHandlers.Parse(request, request.Params);
            var (_, handshake) = await endpoint.ReadyAsync();
            _capabilities = parameters.TryGetProperty("capabilities", out var capabilities) ? capabilities : default;
            ProtocolVersion = handshake.Negotiate(parameters.TryGetProperty("protocolVersion", out var version) ? version.ToString() : null);
            reply.Complete(handshake.Answer(request[request.Id].Span, ProtocolVersion));
        }
        catch (McpException fault)
        {
            reply.Complete(RpcFrames.Error(request[request.Id].Span, fault.Code, fault.Message), fault.Code);
        }
    }

    private async Task ForwardAsync(RpcMessage request, IReply reply)
    {
        try
        {
            var (child, _) = await endpoint.ReadyAsync();
            child.Forward(request, reply, this);
        }
        catch (McpException fault)
        {
            reply.Complete(RpcFrames.Error(request[request.Id].Span, fault.Code, fault.Message), fault.Code);
        }
    }
}
