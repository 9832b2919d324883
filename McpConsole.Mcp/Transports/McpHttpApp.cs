using McpConsole.Mcp.Protocol;
using Microsoft.AspNetCore.Http;

namespace McpConsole.Mcp.Transports;

/// <summary>
/// Everything that answers over HTTP for one MCP server: its endpoint and <c>GET /health</c>. Used by a listener of its own, or mapped
/// into an ASP.NET Core application. Thread-safe. Disposing it ends its sessions and their streams.
/// </summary>
public sealed class McpHttpApp : IAsyncDisposable
{
    private readonly HttpTransportOptions _options;
    private readonly HostGuard _guard;
    private readonly StreamableHttp? _streamable;
    private readonly HttpSse? _sse;

    private McpHttpApp(HttpTransportOptions options, StreamableHttp? streamable, HttpSse? sse) =>
        (_options, _guard, _streamable, _sse) = (options, new HostGuard(options), streamable, sse);

    public int Sessions => (_streamable?.Sessions ?? 0) + (_sse?.Sessions ?? 0);

    public static McpHttpApp Streamable(McpServer server, HttpTransportOptions options) => Streamable((IMcpEndpoint)server, options);

    /// <summary>The deprecated transport of 2024-11-05.</summary>
    public static McpHttpApp Sse(McpServer server, HttpTransportOptions options) => new(options, null, new HttpSse(server, options));

    internal static McpHttpApp Streamable(IMcpEndpoint endpoint, HttpTransportOptions options) => new(options, new StreamableHttp(endpoint, options), null);

    public Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value;
        if (path == "/health")
        {
            return HttpBody.WriteJsonAsync(context, "{\"status\":\"ok\"}"u8.ToArray());
        }

        if (!_guard.Allows(context.Request))
        {
            return RefuseAsync(context);
        }

        if (path == _options.Endpoint)
        {
            return _streamable is not null ? _streamable.HandleAsync(context) : _sse!.OpenAsync(context);
        }

        if (_sse is not null && path == _sse.MessagePath)
        {
            return _sse.PostAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_streamable is not null)
        {
            await _streamable.DisposeAsync();
        }

        if (_sse is not null)
        {
            await _sse.DisposeAsync();
        }
    }

    private static Task RefuseAsync(HttpContext context) => HttpBody.WriteErrorAsync(
        context,
        StatusCodes.Status403Forbidden,
        default,
        new McpException(RpcErrors.InvalidRequest, "The Host or Origin of the request is not trusted."));
}
