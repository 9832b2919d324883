using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Upstream;

/// <summary>A line to one server, ready for requests. Thread-safe.</summary>
internal interface IUpstream : IAsyncDisposable
{
    /// <summary>Sends a request and waits for its response, which may be an error.</summary>
    /// <param name="parameters">A JSON object in UTF-8, without <c>_meta</c>.</param>
    /// <param name="name">What the request is about, where its method has such a thing: <c>params.name</c> or <c>params.uri</c>.</param>
    /// <exception cref="UpstreamException">There was no response. Whether the server acted is unknown, unless <c>SessionEnded</c> is set.</exception>
    Task<RpcMessage> RequestAsync(string method, ReadOnlyMemory<byte> parameters, string? name, CancellationToken cancellationToken);
}
