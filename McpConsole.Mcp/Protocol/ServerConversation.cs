using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace McpConsole.Mcp.Protocol;

/// <summary>One legacy client of <see cref="McpServer"/>: what was agreed on, and what is under way in either direction.</summary>
internal sealed class ServerConversation : IConversation
{
    private readonly RequestHandlers _handlers;
    private readonly ChangeFeed _changes;
    private readonly IOutlet _client;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _underWay = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<RpcMessage>> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _subscriptions = new(StringComparer.Ordinal);
    private JsonElement _capabilities;
    private int _lastId;

    public ServerConversation(RequestHandlers handlers, ChangeFeed changes, IOutlet client)
    {
        (_handlers, _changes, _client) = (handlers, changes, client);
        changes.Follow(Pass);
    }

    public string? ProtocolVersion { get; private set; }

    /// <summary>Everything, until the client says otherwise.</summary>
    public LogSeverity LogLevel { get; private set; } = LogSeverity.Debug;

    public void Handle(RpcMessage request, IReply reply)
    {
        try
        {
            switch (request.Method)
            {
                case RpcMethods.Initialize:
                    Initialize(request, reply);
                    break;
                case RpcMethods.SetLevel:
                    var level = RequestHandlers.Parse(request, request.Params).TryGetProperty("level", out var name) ? name.ToString() : null;
                    LogLevel = LogLevels.Parse(level);
                    reply.Complete(RpcFrames.Result(request[request.Id].Span, "{}"u8));
                    break;
                case RpcMethods.ResourcesSubscribe or RpcMethods.ResourcesUnsubscribe when _handlers.HasResources:
                    Subscribe(request, request.Method == RpcMethods.ResourcesSubscribe);
                    reply.Complete(RpcFrames.Result(request[request.Id].Span, "{}"u8));
                    break;
                default:
                    _ = RunAsync(request, reply);
                    break;
            }
        }
        catch (McpException fault)
        {
            reply.Complete(RpcFrames.Error(request[request.Id].Span, fault.Code, fault.Message, fault.Details.Span), fault.Code);
        }
    }

    public void Accept(RpcMessage message)
    {
        if (message.Method is null)
        {
            if (_asked.TryRemove(Key(message, message.Id), out var asked))
            {
                asked.TrySetResult(message);
            }
        }
        else if (message.Method == RpcMethods.Cancelled && _underWay.TryGetValue(Key(message, message.RequestId), out var request))
        {
            Cancel(request);
        }
    }

    /// <summary>Sends the client a request that belongs to one of its own, and waits for the answer.</summary>
    public async ValueTask<JsonElement> AskAsync(IReply reply, string method, ReadOnlyMemory<byte> parameters, CancellationToken cancellationToken)
    {
        ClientCapability.Require(method, _capabilities);
        var id = Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
        var asked = new TaskCompletionSource<RpcMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = asked;
        try
        {
            using (var message = RpcFrames.Call(Encoding.ASCII.GetBytes(id), method, parameters.Span))
            {
                reply.Send(message.Span);
            }

            var answer = await asked.Task.WaitAsync(cancellationToken);
            return answer.Error.Exists
                ? throw RpcFrames.ToException(answer)
                : RequestHandlers.Parse(answer, answer.Result);
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _changes.Leave(Pass);
        await _end.CancelAsync();
    }

    private async Task RunAsync(RpcMessage request, IReply reply)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        var key = Key(request, request.Id);
        if (!_underWay.TryAdd(key, cancellation))
        {
            const string text = "A request with this id is still under way.";
            reply.Complete(RpcFrames.Error(request[request.Id].Span, RpcErrors.InvalidRequest, text), RpcErrors.InvalidRequest);
            return;
        }

        try
        {
            await _handlers.RunAsync(new LegacyScope(this, request, reply, cancellation.Token));
        }
        finally
        {
            _underWay.TryRemove(key, out _);
        }
    }

    private void Initialize(RpcMessage request, IReply reply)
    {
        var parameters = RequestHandlers.Parse(request, request.Params);
        var requested = parameters.TryGetProperty("protocolVersion", out var version) ? version.ToString() : null;
        _capabilities = parameters.TryGetProperty("capabilities", out var capabilities) ? capabilities : default;
        ProtocolVersion = ProtocolVersions.Negotiate(requested);
        reply.Complete(_handlers.Initialized(request[request.Id].Span, ProtocolVersion));
    }

    private void Subscribe(RpcMessage request, bool on)
    {
        var uri = request.Text(request.Uri) ?? throw new McpException(RpcErrors.InvalidParams, "The string params.uri is missing.");
        if (on)
        {
            _subscriptions[uri] = true;
        }
        else
        {
            _subscriptions.TryRemove(uri, out _);
        }
    }

    private void Pass(Change change)
    {
        if (ProtocolVersion is null || (change.Uri is not null && !_subscriptions.ContainsKey(change.Uri)))
        {
            return;
        }

        using var parameters = new PooledBuffer();
        if (change.Uri is not null)
        {
            using var writer = RpcFrames.Writer(parameters);
            writer.WriteStartObject();
            writer.WriteString("uri"u8, change.Uri);
            writer.WriteEndObject();
            writer.Flush();
        }

        using var message = RpcFrames.Notification(change.Method, parameters.Span);
        _client.Send(message.Span);
    }

    private static string Key(RpcMessage message, RpcPart id) => Encoding.UTF8.GetString(message[id].Span);

    private static void Cancel(CancellationTokenSource request)
    {
        try
        {
            request.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It was answered at this very moment.
        }
    }
}
