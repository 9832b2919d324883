using System.Text;
using McpConsole.Mcp.Protocol;
using Microsoft.AspNetCore.Http;

namespace McpConsole.Mcp.Transports;

/// <summary>
/// The deprecated HTTP+SSE transport of 2024-11-05: GET opens the one stream that everything comes back on; its first event names the
/// path to post to. The session ends with the stream. Thread-safe.
/// </summary>
internal sealed class HttpSse(IMcpEndpoint endpoint, HttpTransportOptions options) : IAsyncDisposable
{
    private readonly HttpSessions _sessions = new(endpoint, options, resumable: false);

    /// <summary>Beside the endpoint: <c>/message</c> for <c>/sse</c>.</summary>
    public string MessagePath { get; } = options.Endpoint[..(options.Endpoint.LastIndexOf('/') + 1)] + "message";

    public int Sessions => _sessions.Count;

    public async Task OpenAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET";
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        var session = _sessions.Open();
        if (session is null)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        session.BeginUse();
        try
        {
            var path = context.Request.PathBase.Add(MessagePath).ToUriComponent();
            var first = Encoding.UTF8.GetBytes($"event: endpoint\ndata: {path}?sessionId={session.Id}\n\n");
            await HttpBody.WriteStreamAsync(context, session.General, 0, first);
        }
        finally
        {
            session.EndUse();
            await _sessions.CloseAsync(session);
        }
    }

    public async Task PostAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.Headers.Allow = "POST";
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        var session = _sessions.Find(context.Request.Query["sessionId"]);
        if (session is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        try
        {
            var message = await HttpBody.ReadMessageAsync(context, options.MaxBodyBytes);
            if (message is null)
            {
                return;
            }

            context.Response.StatusCode = StatusCodes.Status202Accepted;
            if (message.IsRequest)
            {
                session.Conversation.Handle(message, new StreamReply(session.General));
            }
            else
            {
                session.Conversation.Accept(message);
            }
        }
        catch (McpException fault)
        {
            await HttpBody.WriteErrorAsync(context, StatusCodes.Status400BadRequest, default, fault);
        }
    }

    public ValueTask DisposeAsync() => _sessions.DisposeAsync();

    private sealed class StreamReply(EventLog stream) : IReply
    {
        public void Send(ReadOnlySpan<byte> message) => stream.Append(message);

        public void Complete(PooledBuffer response, int errorCode = 0)
        {
            stream.Append(response.Span);
            response.Dispose();
        }

        public void Abandon()
        {
        }

        public void ReleaseConnection(TimeSpan retry)
        {
        }
    }
}
