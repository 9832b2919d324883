using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Bridge;

/// <summary>
/// Calls of modern clients that wait for an answer of theirs: the child goes on waiting while no request of the client is open. What brings
/// a repeated request back to its call is a number that cannot be guessed. Thread-safe.
/// </summary>
internal sealed class ParkedCalls(TimeProvider time)
{
    private const string StateMark = "bridge-";

    /// <summary>As long as a person may think.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Parked> _parked = new(StringComparer.Ordinal);

    /// <summary>Passes a request on, or takes up the call that it repeats; completes when it is answered.</summary>
    /// <exception cref="McpException">It repeats a call that is not waiting.</exception>
    public async Task RunAsync(ChildLink child, RpcMessage request, IReply reply, CancellationToken cancellationToken)
    {
        var parameters = RequestHandlers.Parse(request, request.Params);
        var state = parameters.TryGetProperty("requestState", out var given) ? given.ToString() : "";

        // A state without the mark is the child's own: it knows the modern era, and repeated requests too.
        var call = state.StartsWith(StateMark, StringComparison.Ordinal)
            ? Resume(state, parameters, request, reply)
            : Begin(child, request, reply);
        await using var gone = cancellationToken.Register(() => Cancel(call));
        await call.Modern.Answered;
    }

    /// <summary>Asks the client by ending its request, and keeps the call until it is repeated.</summary>
    public void Park(ModernCall call, ChildLink child, RpcMessage question)
    {
        var state = StateMark + RandomNumberGenerator.GetHexString(32, lowercase: true);
        var timer = time.CreateTimer(_ => Expire(state), null, s_patience, Timeout.InfiniteTimeSpan);
        _parked[state] = new Parked(new Call(call, child), question, timer);
        call.Ask(question, state);
    }

    private static Call Begin(ChildLink child, RpcMessage request, IReply reply)
    {
        var modern = new ModernCall(request, reply);
        child.Forward(request, modern, null);
        return new Call(modern, child);
    }

    private Call Resume(string state, JsonElement parameters, RpcMessage request, IReply reply)
    {
        if (!parameters.TryGetProperty("inputResponses", out var answers) || !answers.TryGetProperty("ask", out var answer))
        {
            throw new McpException(RpcErrors.InvalidParams, "params.inputResponses lacks the answer to «ask».");
        }

        if (!_parked.TryRemove(state, out var parked))
        {
            throw new McpException(RpcErrors.InvalidParams, "The call that this request repeats does not wait any more.");
        }

        parked.Timer.Dispose();
        if (parked.Call.Child.PendingOf(parked.Call.Modern) is null)
        {
            throw new McpException(RpcErrors.InternalError, "The server stopped before it answered.");
        }

        parked.Call.Modern.Resume(request, reply);
        using var message = RpcFrames.Result(parked.Question[parked.Question.Id].Span, Encoding.UTF8.GetBytes(answer.GetRawText()));
        if (!parked.Call.Child.Send(message))
        {
            Cancel(parked.Call);
        }

        return parked.Call;
    }

    private void Expire(string state)
    {
        if (_parked.TryRemove(state, out var parked))
        {
            parked.Timer.Dispose();
            Cancel(parked.Call);
        }
    }

    private static void Cancel(Call call)
    {
        if (call.Child.PendingOf(call.Modern) is { } pending)
        {
            call.Child.Cancel(pending);
        }
    }

    private sealed record Call(ModernCall Modern, ChildLink Child);

    private sealed record Parked(Call Call, RpcMessage Question, ITimer Timer);
}
