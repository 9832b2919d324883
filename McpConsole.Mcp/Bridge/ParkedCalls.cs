using System.Collections.Concurrent;
using System.Security.Cryptography;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Bridge;

/// <summary>
/// Calls of modern clients that wait for an answer of theirs: the child goes on waiting while no request of the client is open. What brings
/// a repeated request back to its call is a number that cannot be guessed. Thread-safe.
/// </summary>
internal sealed class ParkedCalls(TimeProvider time)
{
    /// <summary>As long as a person may think.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Parked> _parked = new(StringComparer.Ordinal);

    /// <summary>Passes a request on, or takes up the call that it repeats; completes when it is answered.</summary>
    /// <exception cref="McpException">It repeats a call that is not waiting.</exception>
    public async Task RunAsync(ChildLink child, RpcMessage request, IReply reply, CancellationToken cancellationToken)
    {
        var parameters = RequestHandlers.Parse(request, request.Params);
        var call = parameters.TryGetProperty("requestState", out var state) && _parked.TryRemove(state.ToString(), out var parked)
            ? Resume(parked, request, reply)
            : null;
        if (call is null)
        {
            var modern = new ModernCall(request, reply);
            var pending = child.Forward(request, modern, null);
            call = (modern, child, pending);
        }

        await using var gone = cancellationToken.Register(() => Cancel(call.Value.Child, call.Value.Pending));
        await call.Value.Modern.Answered;

        (ModernCall Modern, ChildLink Child, PendingCall? Pending)? Resume(Parked parked, RpcMessage request, IReply reply)
        {
            if (!parameters.TryGetProperty("inputResponses", out var answers) || !answers.TryGetProperty("ask", out var answer))
            {
                throw new McpException(RpcErrors.InvalidParams, "params.inputResponses lacks the answer to «ask».");
            }

            parked.Timer.Dispose();
            parked.Call.Resume(request, reply);
            using var message = RpcFrames.Result(parked.Question[parked.Question.Id].Span, System.Text.Encoding.UTF8.GetBytes(answer.GetRawText()));
            parked.Child.Send(message);
            return (parked.Call, parked.Child, parked.Child.PendingOf(parked.Call));
        }
    }

    /// <summary>Asks the client by ending its request, and keeps the call until it is repeated.</summary>
    public void Park(ModernCall call, ChildLink child, RpcMessage question)
    {
        var state = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var timer = time.CreateTimer(_ => Expire(state), null, s_patience, Timeout.InfiniteTimeSpan);
        _parked[state] = new Parked(call, child, question, timer);
        call.Ask(question, state);
    }

    private void Expire(string state)
    {
        if (_parked.TryRemove(state, out var parked))
        {
            parked.Timer.Dispose();
            Cancel(parked.Child, parked.Child.PendingOf(parked.Call));
        }
    }

    private static void Cancel(ChildLink child, PendingCall? pending)
    {
        if (pending is not null)
        {
            child.Cancel(pending);
        }
    }

    private sealed record Parked(ModernCall Call, ChildLink Child, RpcMessage Question, ITimer Timer);
}
