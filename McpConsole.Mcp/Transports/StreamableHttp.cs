using McpConsole.Mcp.Protocol;
using Microsoft.AspNetCore.Http;

namespace McpConsole.Mcp.Transports;

/// <summary>
/// MCP over Streamable HTTP on one URL for both eras: sessions and resumable streams up to 2025-11-25, requests that stand by themselves
/// from 2026-07-28 on. The era is told by the request. Thread-safe.
/// </summary>
internal sealed class StreamableHttp(IMcpEndpoint endpoint, HttpTransportOptions options) : IAsyncDisposable
{
    private const string SessionHeader = "Mcp-Session-Id";

    private readonly HttpSessions _sessions = new(endpoint, options, resumable: true);

    public int Sessions => _sessions.Count;

    public Task HandleAsync(HttpContext context)
    {
        if (HttpMethods.IsPost(context.Request.Method))
        {
            return PostAsync(context);
        }

        var isLegacy = !ProtocolVersions.IsModern(context.Request.Headers[ModernHeaders.Version]);
        if (isLegacy && HttpMethods.IsGet(context.Request.Method))
        {
            return GetAsync(context);
        }

        if (isLegacy && HttpMethods.IsDelete(context.Request.Method))
        {
            return DeleteAsync(context);
        }

        context.Response.Headers.Allow = isLegacy ? "POST, GET, DELETE" : "POST";
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _sessions.DisposeAsync();

    private async Task PostAsync(HttpContext context)
    {
        RpcMessage? message = null;
        try
        {
            message = await HttpBody.ReadMessageAsync(context, options.MaxBodyBytes);
            if (message is null)
            {
                return;
            }

            if (message.ModernVersion.Exists || ProtocolVersions.IsModern(context.Request.Headers[ModernHeaders.Version]))
            {
                await PostModernAsync(context, message);
            }
            else
            {
                await PostLegacyAsync(context, message);
            }
        }
        catch (McpException fault)
        {
            var id = message is { IsRequest: true } ? message[message.Id] : default;
            await HttpBody.WriteErrorAsync(context, StatusCodes.Status400BadRequest, id, fault);
        }
    }

    private async Task PostModernAsync(HttpContext context, RpcMessage message)
    {
        if (!message.ModernVersion.Exists && message.IsRequest)
        {
            throw new McpException(RpcErrors.InvalidParams, "params._meta lacks io.modelcontextprotocol/protocolVersion.");
        }

        if (!message.IsRequest)
        {
            context.Response.StatusCode = message.IsNotification ? StatusCodes.Status202Accepted : StatusCodes.Status400BadRequest;
            return;
        }

        ModernHeaders.Check(context.Request.Headers, message);
        var reply = new HttpReply(() => new EventLog(null, options.ReplayBytes, options.KeepAlive, options.Time), PrefersStream(context.Request));
        endpoint.Handle(message, reply, context.RequestAborted);
        await reply.StartedAsync();
        context.Response.StatusCode = reply.ErrorCode switch
        {
            RpcErrors.MethodNotFound => StatusCodes.Status404NotFound,
            RpcErrors.MissingClientCapability => StatusCodes.Status400BadRequest,
            _ => StatusCodes.Status200OK,
        };
        await HttpBody.WriteReplyAsync(context, reply);
    }

    private async Task PostLegacyAsync(HttpContext context, RpcMessage message)
    {
        string? version = context.Request.Headers[ModernHeaders.Version];
        if (version is not null && !ProtocolVersions.IsLegacy(version))
        {
            throw ProtocolVersions.Unsupported(version);
        }

        string? id = context.Request.Headers[SessionHeader];
        var session = id is null && message.Method == RpcMethods.Initialize ? await OpenAsync(context, message) : await FindAsync(context, id, message);
        if (session is null)
        {
            return;
        }

        session.BeginUse();
        try
        {
            if (!message.IsRequest)
            {
                session.Conversation.Accept(message);
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                return;
            }

            var reply = new HttpReply(session.OpenStream, PrefersStream(context.Request));
            session.Conversation.Handle(message, reply);
            var started = reply.StartedAsync();
            if (!started.IsCompleted)
            {
                // A client that leaves does not cancel its request by that, but it must not keep the session in use either.
                await started.WaitAsync(context.RequestAborted);
            }

            await HttpBody.WriteReplyAsync(context, reply);
            if (id is null && reply.ErrorCode != 0)
            {
                await _sessions.CloseAsync(session);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        finally
        {
            session.EndUse();
        }
    }

    private async Task GetAsync(HttpContext context)
    {
        var session = await FindAsync(context, context.Request.Headers[SessionHeader], null);
        if (session is null)
        {
            return;
        }

        var stream = session.General;
        string? last = context.Request.Headers["Last-Event-ID"];
        var after = 0L;
        if (last is not null)
        {
            var known = EventLog.TryParseId(last, out var name, out after) ? session.FindStream(name) : null;
            stream = known ?? throw new McpException(RpcErrors.InvalidRequest, "No stream with this Last-Event-ID.");
        }

        session.BeginUse();
        try
        {
            await HttpBody.WriteStreamAsync(context, stream, after);
        }
        finally
        {
            session.EndUse();
        }
    }

    private async Task DeleteAsync(HttpContext context)
    {
        if (await FindAsync(context, context.Request.Headers[SessionHeader], null) is { } session)
        {
            await _sessions.CloseAsync(session);
        }
    }

    private async ValueTask<HttpSession?> OpenAsync(HttpContext context, RpcMessage message)
    {
        var session = _sessions.Open();
        if (session is null)
        {
            var fault = new McpException(RpcErrors.InternalError, "Too many sessions are in use.");
            await HttpBody.WriteErrorAsync(context, StatusCodes.Status503ServiceUnavailable, message[message.Id], fault);
            return null;
        }

        context.Response.Headers[SessionHeader] = session.Id;
        return session;
    }

    private async ValueTask<HttpSession?> FindAsync(HttpContext context, string? id, RpcMessage? message)
    {
        var session = _sessions.Find(id);
        if (session is null)
        {
            var (status, text) = id is null
                ? (StatusCodes.Status400BadRequest, $"The header {SessionHeader} is missing; a session begins with initialize.")
                : (StatusCodes.Status404NotFound, "The session has ended; begin a new one with initialize.");
            var requestId = message is { IsRequest: true } ? message[message.Id] : default;
            await HttpBody.WriteErrorAsync(context, status, requestId, new McpException(RpcErrors.InvalidRequest, text));
        }

        return session;
    }

    /// <summary>A client that names streams first, or alone, gets its single response on a stream too.</summary>
    private static bool PrefersStream(HttpRequest request)
    {
        string? accept = request.Headers.Accept;
        var stream = accept?.IndexOf("text/event-stream", StringComparison.OrdinalIgnoreCase) ?? -1;
        if (stream < 0)
        {
            return false;
        }

        var json = accept!.IndexOf("application/json", StringComparison.OrdinalIgnoreCase);
        return json < 0 ? !accept.Contains("*/*", StringComparison.Ordinal) : stream < json;
    }
}
