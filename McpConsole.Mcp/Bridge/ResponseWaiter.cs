using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Bridge;

/// <summary>Takes the response to a request of the bridge's own.</summary>
internal sealed class ResponseWaiter : IReply
{
    private readonly TaskCompletionSource<RpcMessage> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<RpcMessage> Response => _response.Task;

    public void Send(ReadOnlySpan<byte> message)
    {
    }

    public void Complete(PooledBuffer response, int errorCode = 0)
    {
        _response.TrySetResult(RpcMessage.Parse(response.Span.ToArray()));
        response.Dispose();
    }

    public void Abandon() => _response.TrySetCanceled();

    public void ReleaseConnection(TimeSpan retry)
    {
    }
}
