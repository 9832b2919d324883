using McpConsole.Domain.Servers;

namespace McpConsole.Mcp.Upstream;

/// <summary>Opens the line that a server's transport needs.</summary>
internal static class Upstreams
{
    /// <exception cref="UpstreamException">It cannot be reached, or does not speak MCP.</exception>
    public static async Task<IUpstream> ConnectAsync(UpstreamHttp http, UpstreamTarget target, CancellationToken cancellationToken) =>
        target.Transport == McpTransport.Sse
            ? await SseUpstream.ConnectAsync(http, target, cancellationToken)
            : await StreamableUpstream.ConnectAsync(http, target, cancellationToken);
}
