using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Bridge;

/// <summary>What a child asked one client: under which id the client knows it, and where the answer goes. Thread-safe.</summary>
internal sealed class AskedQuestions
{
    private readonly ConcurrentDictionary<string, (ChildLink Child, byte[] Id)> _asked = new(StringComparer.Ordinal);
    private int _last;

    /// <summary>The question as the client gets it.</summary>
    public PooledBuffer Ask(ChildLink child, RpcMessage request)
    {
        var id = Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
        _asked[id] = (child, request[request.Id].ToArray());
        return RpcFrames.Rewrite(request, Encoding.ASCII.GetBytes(id));
    }

    /// <summary>Passes a client's answer to the child that asked.</summary>
    public void Answer(RpcMessage response)
    {
        if (_asked.TryRemove(Encoding.UTF8.GetString(response[response.Id].Span), out var asked))
        {
            using var message = RpcFrames.Rewrite(response, asked.Id);
            asked.Child.Send(message);
        }
    }

    /// <summary>The child's cancellation as the client gets it; null when it was asked nothing of the kind.</summary>
    public PooledBuffer? Withdraw(ChildLink child, RpcMessage cancelled)
    {
        var requestId = cancelled[cancelled.RequestId].Span;
        foreach (var (id, asked) in _asked)
        {
            if (asked.Child == child && requestId.SequenceEqual(asked.Id) && _asked.TryRemove(id, out _))
            {
                return RpcFrames.Replace(cancelled, cancelled.RequestId, Encoding.ASCII.GetBytes(id));
            }
        }

        return null;
    }
}
