using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using McpConsole.Domain.Processes;
using McpConsole.Mcp.Protocol;
using McpConsole.Mcp.Transports;
using Microsoft.Extensions.Logging;

namespace McpConsole.Mcp.Bridge;

/// <summary>
/// The line to one stdio child. Requests of many clients go out under numbers of the link's own, so that equal ids never meet, and each
/// answer goes back under the id that its client used, in its exact form. Thread-safe.
/// </summary>
internal sealed partial class ChildLink
{
    private const int LineLimit = 64 * 1024 * 1024;

    private readonly IChildListener _listener;
    private readonly StdioTap? _tap;
    private readonly ILogger _logger;
    private readonly MessageLines _lines;
    private readonly LineWriter _writer;
    private readonly ConcurrentDictionary<long, PendingCall> _pending = new();
    private long _lastNumber;
    private volatile bool _ended;

    public ChildLink(IStdioChild child, IChildListener listener, StdioTap? tap, ILogger logger)
    {
        (_listener, _tap, _logger) = (listener, tap, logger);
        _lines = new MessageLines(child.Output, LineLimit);
        _writer = new LineWriter(child.Input);
        Completion = Task.Run(() => RunAsync(child));
    }

    /// <summary>Completes when the child has ended or its output has; by then every request is answered. Never faults.</summary>
    public Task Completion { get; }

    public ICollection<PendingCall> Pending => _pending.Values;

    /// <summary>Passes a request to the child; its response goes to <paramref name="reply"/>.</summary>
    public PendingCall? Forward(RpcMessage request, IReply reply, object? owner)
    {
        var call = new PendingCall(Interlocked.Increment(ref _lastNumber), request, reply, owner);
        _pending[call.Number] = call;
        Span<byte> number = stackalloc byte[20];
        Utf8Formatter.TryFormat(call.Number, number, out var length);
        using var message = RpcFrames.Rewrite(request, number[..length], number[..length]);
        if (!Send(message) || _ended)
        {
            Fail(call, "The server has stopped.");
            return null;
        }

        return call;
    }

    /// <summary>Tells the child that nobody waits for a request any more.</summary>
    public void Cancel(PendingCall call)
    {
        if (_pending.TryRemove(call.Number, out _))
        {
            var parameters = string.Create(CultureInfo.InvariantCulture, $"{{\"requestId\":{call.Number}}}");
            using var message = RpcFrames.Notification(RpcMethods.Cancelled, Encoding.ASCII.GetBytes(parameters));
            Send(message);
            call.Reply.Abandon();
        }
    }

    /// <summary>Passes a client's cancellation on, by the id that the client used.</summary>
    public void Cancel(object owner, RpcMessage cancelled)
    {
        var id = cancelled[cancelled.RequestId].Span;
        foreach (var call in _pending.Values)
        {
            if (call.Owner == owner && call.Request[call.Request.Id].Span.SequenceEqual(id))
            {
                Cancel(call);
                return;
            }
        }
    }

    /// <summary>Cancels everything of a client that is gone.</summary>
    public void CancelAll(object owner)
    {
        foreach (var call in _pending.Values)
        {
            if (call.Owner == owner)
            {
                Cancel(call);
            }
        }
    }

    /// <summary>The request that was passed on last.</summary>
    public PendingCall? Newest()
    {
        PendingCall? newest = null;
        foreach (var call in _pending.Values)
        {
            newest = newest is null || call.Number > newest.Number ? call : newest;
        }

        return newest;
    }

    public PendingCall? PendingOf(IReply reply)
    {
        foreach (var call in _pending.Values)
        {
            if (call.Reply == reply)
            {
                return call;
            }
        }

        return null;
    }

    /// <returns>False when the child does not read any more.</returns>
    public bool Send(PooledBuffer message)
    {
        _tap?.Traffic?.Invoke(message.Memory, true);
        return _writer.Send(message.Span);
    }

    private async Task RunAsync(IStdioChild child)
    {
        try
        {
            while (await _lines.ReadAsync(CancellationToken.None) is { } line)
            {
                Take(line);
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or InvalidDataException)
        {
            LogBroken(fault, child.Pid);
        }

        _ended = true;
        _writer.End();
        foreach (var call in _pending.Values)
        {
            Fail(call, "The server stopped before it answered.");
        }
    }

    private void Take(byte[] line)
    {
        RpcMessage message;
        try
        {
            message = RpcMessage.Parse(line);
        }
        catch (McpException)
        {
            // Programs print banners on their standard output: ending the child for it would help nobody, its reader wants to see it.
            _tap?.Noise?.Invoke(line);
            return;
        }

        _tap?.Traffic?.Invoke(line, false);

        if (message.IsResponse)
        {
            Answer(message);
        }
        else if (message.IsRequest)
        {
            Serve(message);
        }
        else if (message.Method == RpcMethods.Progress)
        {
            PassProgress(message);
        }
        else
        {
            _listener.OnNotification(this, message);
        }
    }

    private void Answer(RpcMessage response)
    {
        var id = response[response.Id].Span;
        if (Utf8Parser.TryParse(id, out long number, out var used) && used == id.Length && _pending.TryRemove(number, out var call))
        {
            call.Reply.Complete(RpcFrames.Rewrite(response, call.Request[call.Request.Id].Span), response.Error.Exists ? RpcErrors.InternalError : 0);
        }
    }

    private void Serve(RpcMessage request)
    {
        if (request.Method == RpcMethods.Ping)
        {
            using var pong = RpcFrames.Result(request[request.Id].Span, "{}"u8);
            Send(pong);
            return;
        }

        _listener.OnRequest(this, request);
    }

    private void PassProgress(RpcMessage progress)
    {
        var token = progress[progress.ProgressToken].Span;
        if (Utf8Parser.TryParse(token, out long number, out var used) && used == token.Length && _pending.TryGetValue(number, out var call)
            && call.Request.ProgressToken.Exists)
        {
            using var message = RpcFrames.Replace(progress, progress.ProgressToken, call.Request[call.Request.ProgressToken].Span);
            call.Reply.Send(message.Span);
        }
    }

    private void Fail(PendingCall call, string because)
    {
        if (_pending.TryRemove(call.Number, out _))
        {
            call.Fail(because);
        }
    }

    [LoggerMessage(EventId = 5100, Level = LogLevel.Warning, Message = "The output of the bridged child {Pid} cannot be read any more")]
    private partial void LogBroken(Exception fault, int pid);
}
