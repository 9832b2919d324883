namespace McpConsole.Mcp.Protocol;

/// <summary>A JSON-RPC error: sent to a client as the answer to its request, or received from a server.</summary>
/// <param name="code">One of <see cref="RpcErrors"/>, or a code of the peer's own.</param>
/// <param name="message">Shown to people and models; never a secret.</param>
public sealed class McpException(int code, string message, Exception? inner = null) : Exception(message, inner)
{
    public int Code { get; } = code;

    /// <summary>The error's <c>data</c> as JSON; empty for none.</summary>
    public ReadOnlyMemory<byte> Details { get; init; }
}
