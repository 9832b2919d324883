using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Bridge;

/// <summary>A client's request that a child works on.</summary>
/// <param name="Number">Its id, and its progress token, towards the child.</param>
/// <param name="Owner">The conversation that it belongs to; null for a modern request, which belongs to none.</param>
internal sealed record PendingCall(long Number, RpcMessage Request, IReply Reply, object? Owner)
{
    /// <summary>Answers it as failed: the child is gone.</summary>
    public void Fail(string because) =>
        Reply.Complete(RpcFrames.Error(Request[Request.Id].Span, RpcErrors.InternalError, because), RpcErrors.InternalError);
}
