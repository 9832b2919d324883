using System.Collections.Concurrent;
using McpConsole.Domain.Processes;
using McpConsole.Mcp.Protocol;
using Microsoft.Extensions.Logging;

namespace McpConsole.Mcp.Bridge;

/// <summary>
/// One stdio child behind any number of clients. It is initialised once; sessions are answered from what it said then, and outlive it:
/// when it is started again, they go on with the new one. Thread-safe.
/// </summary>
internal sealed partial class SharedEndpoint(StdioTap? tap, TimeProvider time, ILogger logger)
    : IMcpEndpoint, IChildListener, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<SharedConversation, bool> _conversations = new();
    private readonly ChangeFeed _changes = new(null);
    private readonly ParkedCalls _parked = new(time);
    private volatile Attached? _attached;

    public IConversation Open(IOutlet client)
    {
        var conversation = new SharedConversation(this, client);
        _conversations[conversation] = true;
        return conversation;
    }

    public void Close(SharedConversation conversation) => _conversations.TryRemove(conversation, out _);

    /// <summary>Whether a child is there, initialised or about to be.</summary>
    public bool HasChild => _attached is not null;

    public void Attach(IStdioChild child)
    {
        var link = new ChildLink(child, this, tap, logger);
        var attached = new Attached(link, InitializeAsync(link));
        _attached = attached;
        _ = ForgetAsync(attached);
    }

    /// <summary>The child, where it is initialised already.</summary>
    public ChildLink? Ready => _attached is { Handshake.IsCompletedSuccessfully: true } attached ? attached.Link : null;

    /// <exception cref="McpException">There is no child, or it does not answer.</exception>
    public async Task<(ChildLink Link, Handshake Handshake)> ReadyAsync()
    {
        var attached = _attached ?? throw new McpException(RpcErrors.InternalError, "The server is not running.");
        try
        {
            return (attached.Link, await attached.Handshake.WaitAsync(s_patience, time));
        }
        catch (TimeoutException)
        {
            throw new McpException(RpcErrors.InternalError, "The server did not answer initialize in time.");
        }
    }

    public void Handle(RpcMessage request, IReply reply, CancellationToken cancellationToken) => _ = HandleAsync(request, reply, cancellationToken);

    /// <summary>Whether another session wants to hear of a resource that one does not any more.</summary>
    public bool IsSubscribed(string uri)
    {
        foreach (var (conversation, _) in _conversations)
        {
            if (conversation.IsSubscribed(uri))
            {
                return true;
            }
        }

        return false;
    }

    public void OnRequest(ChildLink child, RpcMessage request)
    {
        PendingCall? asked = null;
        var several = false;
        foreach (var call in child.Pending)
        {
            if (CanAsk(call, request.Method!))
            {
                several |= asked is not null && (asked.Owner is null || asked.Owner != call.Owner);
                asked = asked is null || call.Number > asked.Number ? call : asked;
            }
        }

        if (asked is null || several)
        {
            // Which of several clients is meant cannot be known, and what one person is asked may not be another's to see.
            var text = asked is null
                ? $"No client that has a request under way supports {request.Method}."
                : "Several clients have requests under way; let each session have a child of its own.";
            using var refusal = RpcFrames.Error(request[request.Id].Span, RpcErrors.MethodNotFound, text);
            child.Send(refusal);
        }
        else if (asked.Owner is SharedConversation conversation)
        {
            conversation.Ask(child, request, asked.Reply);
        }
        else
        {
            _parked.Park((ModernCall)asked.Reply, child, request);
        }
    }

    public void OnNotification(ChildLink child, RpcMessage notification)
    {
        if (notification.Method == RpcMethods.Message && OnlyOwnersCall(child) is { } call)
        {
            call.Reply.Send(notification.Bytes.Span);
            return;
        }

        foreach (var (conversation, _) in _conversations)
        {
            conversation.Pass(child, notification);
        }

        if (notification.Method is RpcMethods.ToolsChanged or RpcMethods.PromptsChanged or RpcMethods.ResourcesChanged)
        {
            _changes.Publish(new Change(notification.Method));
        }
    }

    public void Dispose() => _changes.Dispose();

    private async Task HandleAsync(RpcMessage request, IReply reply, CancellationToken cancellationToken)
    {
        var id = request[request.Id];
        try
        {
            var (link, handshake) = await ReadyAsync();
            switch (request.Method)
            {
                case RpcMethods.Discover:
                    reply.Complete(handshake.Discovery(id.Span));
                    break;
                case RpcMethods.Listen:
                    var offered = new Offered(handshake.Offers("tools"), handshake.Offers("prompts"), handshake.Offers("resources"), Updates: false);
                    await new Listening(offered, _changes, new ModernScope(request, reply, cancellationToken)).RunAsync();
                    reply.Complete(Listening.Ended(id.Span));
                    break;
                case RpcMethods.ToolsCall or RpcMethods.ToolsList or RpcMethods.PromptsGet or RpcMethods.PromptsList or RpcMethods.ResourcesList
                    or RpcMethods.ResourcesRead or RpcMethods.ResourcesTemplates or RpcMethods.Complete:
                    await _parked.RunAsync(link, request, reply, cancellationToken);
                    break;
                default:
                    throw new McpException(RpcErrors.MethodNotFound, $"Unknown method: {request.Method}");
            }
        }
        catch (McpException fault)
        {
            reply.Complete(RpcFrames.Error(id.Span, fault.Code, fault.Message, fault.Details.Span), fault.Code);
        }
        catch (OperationCanceledException)
        {
            reply.Abandon();
        }
    }

    private async Task<Handshake> InitializeAsync(ChildLink link)
    {
        var waiter = new ResponseWaiter();
        using (var message = RpcFrames.Call("0"u8, RpcMethods.Initialize, Handshake.Parameters))
        {
            link.Forward(RpcMessage.Parse(message.Span.ToArray()), waiter, this);
        }

        var handshake = Handshake.Read(await waiter.Response);
        using var initialized = RpcFrames.Notification(RpcMethods.Initialized);
        link.Send(initialized);
        foreach (var uri in _conversations.Keys.SelectMany(conversation => conversation.Subscriptions).Distinct(StringComparer.Ordinal))
        {
            using var parameters = new PooledBuffer();
            using (var writer = RpcFrames.Writer(parameters))
            {
                writer.WriteStartObject();
                writer.WriteString("uri"u8, uri);
                writer.WriteEndObject();
            }

            using var subscribe = RpcFrames.Call("0"u8, RpcMethods.ResourcesSubscribe, parameters.Span);
            link.Forward(RpcMessage.Parse(subscribe.Span.ToArray()), new ResponseWaiter(), this);
        }

        return handshake;
    }

    private async Task ForgetAsync(Attached attached)
    {
        try
        {
            await attached.Handshake;
        }
        catch (McpException fault)
        {
            LogRefused(fault.Message);
        }

        await attached.Link.Completion;
        Interlocked.CompareExchange(ref _attached, null, attached);
    }

    private static bool CanAsk(PendingCall call, string method) => call.Owner switch
    {
        SharedConversation conversation => conversation.Supports(method),
        null => call.Reply is ModernCall modern && modern.Supports(method),
        _ => false,
    };

    /// <summary>The newest request under way, where all of them are of one client.</summary>
    private static PendingCall? OnlyOwnersCall(ChildLink child)
    {
        PendingCall? newest = null;
        foreach (var call in child.Pending)
        {
            if (newest is not null && (newest.Owner is null || newest.Owner != call.Owner))
            {
                return null;
            }

            newest = newest is null || call.Number > newest.Number ? call : newest;
        }

        return newest;
    }

    private sealed record Attached(ChildLink Link, Task<Handshake> Handshake);

    [LoggerMessage(EventId = 5102, Level = LogLevel.Warning, Message = "A bridged child refused initialize: {Because}")]
    private partial void LogRefused(string because);
}
