using System.Globalization;
using System.Net.Mime;
using System.Text;
using McpConsole.Domain.Servers;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Upstream;

/// <summary>A line over the deprecated HTTP+SSE transport: one stream that answers come back on, one request at a time.</summary>
internal sealed class SseUpstream : IUpstream
{
    private readonly UpstreamHttp _http;
    private readonly UpstreamTarget _target;
    private readonly HttpResponseMessage _answer;
    private readonly SseReader _events;
    private readonly SemaphoreSlim _turn = new(1);
    private Uri _messages;
    private int _lastId;

    private SseUpstream(UpstreamHttp http, UpstreamTarget target, HttpResponseMessage answer, Stream body)
    {
        (_http, _target, _answer, _messages) = (http, target, answer, target.Url);
        _events = new SseReader(body, UpstreamHttp.AnswerLimit);
    }

    /// <exception cref="UpstreamException">It does not speak this transport.</exception>
    public static async Task<SseUpstream> ConnectAsync(UpstreamHttp http, UpstreamTarget target, CancellationToken cancellationToken)
    {
        using var request = UpstreamHttp.Get(target);
        var answer = await http.SendAsync(request, cancellationToken);
        try
        {
            if (!answer.IsSuccessStatusCode)
            {
                throw UpstreamHttp.ToException(answer.StatusCode);
            }

            if (answer.Content.Headers.ContentType?.MediaType != MediaTypeNames.Text.EventStream)
            {
                throw new UpstreamException(HealthCause.NotMcp, "Answers with something that is not an event stream.");
            }

            var line = new SseUpstream(http, target, answer, await answer.Content.ReadAsStreamAsync(cancellationToken));
            await line.BeginAsync(cancellationToken);
            return line;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    public async Task<RpcMessage> RequestAsync(string method, ReadOnlyMemory<byte> parameters, string? name, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var id = Encoding.ASCII.GetBytes((++_lastId).ToString(CultureInfo.InvariantCulture));
            using (var message = RpcFrames.Call(id, method, parameters.Span))
            {
                await PostAsync(message, cancellationToken);
            }

            return await UpstreamHttp.ReadResponseAsync(_events, id, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            throw new UpstreamException(HealthCause.ProtocolError, "The stream broke off.", fault);
        }
        finally
        {
            _turn.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _answer.Dispose();
        _events.Dispose();
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        var first = await _events.ReadAsync(cancellationToken);
        if (first is not { Type: "endpoint" } || !Uri.TryCreate(_target.Url, Encoding.UTF8.GetString(first.Data), out var messages))
        {
            throw new UpstreamException(HealthCause.NotMcp, "The stream does not begin with its endpoint.");
        }

        // The headers go with each message, so it may only go where they were meant for.
        if (messages.Authority != _target.Url.Authority || messages.Scheme != _target.Url.Scheme)
        {
            throw new UpstreamException(HealthCause.ProtocolError, "Names an endpoint on another host.");
        }

        _messages = messages;
        UpstreamFrames.ReadVersion(await RequestAsync(RpcMethods.Initialize, UpstreamFrames.InitializeParameters.ToArray(), null, cancellationToken));
        using var initialized = RpcFrames.Notification(RpcMethods.Initialized);
        await PostAsync(initialized, cancellationToken);
    }

    private async Task PostAsync(PooledBuffer message, CancellationToken cancellationToken)
    {
        using var request = UpstreamHttp.Post(_target, _messages, message.Memory);
        using var answer = await _http.SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw UpstreamHttp.ToException(answer.StatusCode);
        }
    }
}
