using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using McpConsole.Domain.Servers;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Upstream;

/// <summary>Sends messages to servers over HTTP, and tells apart what can go wrong. Thread-safe.</summary>
internal sealed class UpstreamHttp : IDisposable
{
    /// <summary>The largest answer, in bytes.</summary>
    public const int AnswerLimit = 64 * 1024 * 1024;

    private static readonly MediaTypeHeaderValue s_json = new("application/json");

    /// <summary>Our own servers are never reached through a proxy, whatever the environment says.</summary>
    private readonly HttpMessageInvoker _loopback = new(NewHandler(useProxy: false));
    private readonly HttpMessageInvoker _elsewhere = new(NewHandler(useProxy: true));

    public static HttpRequestMessage Post(UpstreamTarget target, Uri url, ReadOnlyMemory<byte> message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(message) };
        request.Content.Headers.ContentType = s_json;
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        AddHeaders(target, request);
        return request;
    }

    public static HttpRequestMessage Get(UpstreamTarget target)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, target.Url);
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        AddHeaders(target, request);
        return request;
    }

    /// <summary>Sends a request and returns once the head of the answer is there.</summary>
    /// <exception cref="UpstreamException">There is no answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await (request.RequestUri!.IsLoopback ? _loopback : _elsewhere).SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException fault)
        {
            throw ToException(fault);
        }
    }

    /// <summary>The response with this id in an answer, whether it came alone or on a stream.</summary>
    /// <exception cref="UpstreamException">There is none.</exception>
    public static async Task<RpcMessage> ReadResponseAsync(HttpResponseMessage answer, ReadOnlyMemory<byte> id, CancellationToken cancellationToken)
    {
        try
        {
            var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            switch (answer.Content.Headers.ContentType?.MediaType)
            {
                case "application/json":
                    return Parse(await ReadAllAsync(body, cancellationToken));
                case "text/event-stream":
                    using (var events = new SseReader(body, AnswerLimit))
                    {
                        return await ReadResponseAsync(events, id, cancellationToken);
                    }

                default:
                    throw new UpstreamException(HealthCause.NotMcp, $"Answers with {answer.Content.Headers.ContentType?.MediaType ?? "no content type"}.");
            }
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or InvalidDataException)
        {
            throw new UpstreamException(HealthCause.ProtocolError, "The answer broke off.", fault);
        }
    }

    public static async Task<RpcMessage> ReadResponseAsync(SseReader events, ReadOnlyMemory<byte> id, CancellationToken cancellationToken)
    {
        while (await events.ReadAsync(cancellationToken) is { } found)
        {
            if (found.Data.Length > 0 && found.Type == "message")
            {
                var message = Parse(found.Data);
                if (message.IsResponse && message[message.Id].Span.SequenceEqual(id.Span))
                {
                    return message;
                }
            }
        }

        throw new UpstreamException(HealthCause.ProtocolError, "The stream ended before the answer.");
    }

    /// <summary>What a status that is not success says about a server.</summary>
    public static UpstreamException ToException(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(HealthCause.Unauthorized, $"HTTP status {(int)status}."),
        >= HttpStatusCode.InternalServerError => new(HealthCause.ProtocolError, $"HTTP status {(int)status}."),
        _ => new(HealthCause.NotMcp, $"HTTP status {(int)status}."),
    };

    public void Dispose()
    {
        _loopback.Dispose();
        _elsewhere.Dispose();
    }

    private static UpstreamException ToException(HttpRequestException fault) => fault switch
    {
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } =>
            new(HealthCause.ConnectionRefused, "The connection was refused.", fault),
        { HttpRequestError: HttpRequestError.NameResolutionError } => new(HealthCause.Unreachable, "Its name does not resolve.", fault),
        { HttpRequestError: HttpRequestError.ConnectionError } => new(HealthCause.Unreachable, "No connection can be made.", fault),
        { HttpRequestError: HttpRequestError.SecureConnectionError } => new(HealthCause.Unreachable, "TLS failed.", fault),
        { HttpRequestError: HttpRequestError.InvalidResponse } => new(HealthCause.NotMcp, "Does not speak HTTP.", fault),
        _ => new(HealthCause.ProtocolError, "The connection broke off.", fault),
    };

    private static RpcMessage Parse(byte[] body)
    {
        LoneSurrogate.Mend(body);
        try
        {
            var message = RpcMessage.Parse(body);
            return message.IsResponse || message.Method is not null ? message : throw new McpException(RpcErrors.InvalidRequest, "Not a response.");
        }
        catch (McpException fault)
        {
            throw new UpstreamException(HealthCause.NotMcp, "Answers with something that is not JSON-RPC.", fault);
        }
    }

    private static async Task<byte[]> ReadAllAsync(Stream body, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            all.Write(buffer, 0, read);
            if (all.Length > AnswerLimit)
            {
                throw new UpstreamException(HealthCause.ProtocolError, $"The answer is larger than {AnswerLimit} bytes.");
            }
        }

        return all.ToArray();
    }

    private static void AddHeaders(UpstreamTarget target, HttpRequestMessage request)
    {
        foreach (var (name, value) in target.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value.Reveal());
        }
    }

    private static SocketsHttpHandler NewHandler(bool useProxy) => new()
    {
        UseProxy = useProxy,
        UseCookies = false,

        // A redirect would carry the headers, secrets included, to a place that nobody named.
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ActivityHeadersPropagator = null,
    };
}
