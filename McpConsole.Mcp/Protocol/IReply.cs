namespace McpConsole.Mcp.Protocol;

/// <summary>
/// The way back for one request: what belongs to it, then its response. No call waits for the client, however slow it is; what the
/// client has not taken is kept within a limit. Thread-safe.
/// </summary>
internal interface IReply
{
    /// <summary>Sends a notification, or a request to the client, that belongs to the request under way.</summary>
    void Send(ReadOnlySpan<byte> message);

    /// <summary>Answers the request; nothing can be sent after it.</summary>
    /// <param name="response">A whole JSON-RPC response; disposed by the receiver.</param>
    /// <param name="errorCode">The code of an error response, 0 for a result; a transport may map it to a status.</param>
    void Complete(PooledBuffer response, int errorCode = 0);

    /// <summary>Ends it without a response: the client cancelled it.</summary>
    void Abandon();

    /// <inheritdoc cref="IRequestContext.ReleaseConnectionAsync"/>
    void ReleaseConnection(TimeSpan retry);
}
