using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Mcp.Protocol;
using Microsoft.Extensions.Logging;

namespace McpConsole.Mcp.Bridge;

/// <summary>One session with a child of its own: started by <c>initialize</c>, which the child answers itself, and ended with it.</summary>
internal sealed class PerSessionConversation(
    Func<CancellationToken, Task<Result<IStdioChild>>> spawn, IOutlet client, StdioTap? tap, ILogger logger)
    : IConversation, IChildListener
{
    private readonly AskedQuestions _asked = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private IStdioChild? _child;
    private ChildLink? _link;
    private bool _ended;

    public string? ProtocolVersion { get; private set; }

    public void Handle(RpcMessage request, IReply reply)
    {
        if (_link is { } link)
        {
            link.Forward(request, reply, this);
        }
        else if (request.Method == RpcMethods.Initialize)
        {
            _ = StartAsync(request, reply);
        }
        else
        {
            reply.Complete(RpcFrames.Error(request[request.Id].Span, RpcErrors.InvalidRequest, "Not initialized."), RpcErrors.InvalidRequest);
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
                _link?.Cancel(this, message);
                break;
            default:
                using (var copy = new PooledBuffer())
                {
                    copy.Write(message.Bytes.Span);
                    _link?.Send(copy);
                }

                break;
        }
    }

    public void OnRequest(ChildLink child, RpcMessage request)
    {
        using var message = _asked.Ask(child, request);
        if (child.Newest() is { } call)
        {
            call.Reply.Send(message.Span);
        }
        else
        {
            client.Send(message.Span);
        }
    }

    public void OnNotification(ChildLink child, RpcMessage notification)
    {
        if (notification.Method == RpcMethods.Cancelled)
        {
            using var message = _asked.Withdraw(child, notification);
            if (message is not null)
            {
                client.Send(message.Span);
            }
        }
        else if (notification.Method == RpcMethods.Message && child.Newest() is { } call)
        {
            call.Reply.Send(notification.Bytes.Span);
        }
        else
        {
            client.Send(notification.Bytes.Span);
        }
    }

    public async ValueTask DisposeAsync()
    {
        IStdioChild? child;
        lock (_lock)
        {
            _ended = true;
            child = _child;
        }

        await _end.CancelAsync();
        if (child is not null)
        {
            await child.DisposeAsync();
        }
    }

    private async Task StartAsync(RpcMessage request, IReply reply)
    {
        try
        {
            var spawned = await spawn(_end.Token);
            if (!spawned.TryGet(out var child, out var error))
            {
                throw new McpException(RpcErrors.InternalError, error.Message);
            }

            if (!Keep(child))
            {
                await child.DisposeAsync();
                throw new McpException(RpcErrors.InternalError, "The session has ended.");
            }

            var link = new ChildLink(child, this, tap, logger);
            _link = link;
            link.Forward(request, new InitializeReply(this, reply), this);
            await link.Completion;
            client.End();
        }
        catch (McpException fault)
        {
            reply.Complete(RpcFrames.Error(request[request.Id].Span, fault.Code, fault.Message), fault.Code);
        }
        catch (OperationCanceledException)
        {
            reply.Abandon();
        }
    }

    private bool Keep(IStdioChild child)
    {
        lock (_lock)
        {
            _child = _ended ? null : child;
            return !_ended;
        }
    }

    /// <summary>Learns from the child's answer which revision the session speaks.</summary>
    private sealed class InitializeReply(PerSessionConversation owner, IReply reply) : IReply
    {
        public void Send(ReadOnlySpan<byte> message) => reply.Send(message);

        public void Complete(PooledBuffer response, int errorCode = 0)
        {
            var message = RpcMessage.Parse(response.Memory);
            if (message.Result.Exists && RequestHandlers.Parse(message, message.Result).TryGetProperty("protocolVersion", out var version))
            {
                owner.ProtocolVersion = version.ToString();
            }

            reply.Complete(response, errorCode);
        }

        public void Abandon() => reply.Abandon();

        public void ReleaseConnection(TimeSpan retry) => reply.ReleaseConnection(retry);
    }
}
