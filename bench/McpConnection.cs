using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;

namespace McpConsole.Bench;

/// <summary>
/// One MCP session on one connection. Some servers answer 202 and send the answer on the GET stream, which costs a connection more: they
/// are measured in the way that they offer.
/// </summary>
internal sealed class McpConnection : IAsyncDisposable
{
    private static int s_lastId;

    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 2 });
    private readonly ConcurrentDictionary<int, TaskCompletionSource<string>> _pending = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Uri _url;
    private string? _session;
    private Task _stream = Task.CompletedTask;

    private McpConnection(Uri url) => _url = url;

    /// <summary>Just far enough for the first answer.</summary>
    public static async Task<McpConnection> InitializeAsync(Uri url, CancellationToken cancellationToken)
    {
        var connection = new McpConnection(url);
        await connection.RequestAsync(
            "initialize",
            """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"bench","version":"1"} }""",
            cancellationToken);
        return connection;
    }

    /// <summary>Ready for requests.</summary>
    public static async Task<McpConnection> OpenAsync(Uri url, bool answersOnStream, CancellationToken cancellationToken)
    {
        var connection = await InitializeAsync(url, cancellationToken);
        if (answersOnStream)
        {
            await connection.OpenStreamAsync(cancellationToken);
        }

        using var notified = await connection.PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", cancellationToken);
        return connection;
    }

    public async Task<string> RequestAsync(string method, string parameters, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref s_lastId);
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = answer;
        using var response = await PostAsync(
            $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""", cancellationToken);
        if (response.Headers.TryGetValues("Mcp-Session-Id", out var values))
        {
            _session = values.First();
        }

        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (body.Length > 0)
        {
            _pending.TryRemove(id, out _);
            return body;
        }

        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(10), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _stream.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _client.Dispose();
        _closing.Dispose();
    }

    private async Task OpenStreamAsync(CancellationToken cancellationToken)
    {
        var request = Request(HttpMethod.Get);
        // The peer's stream sends its head with the first event only, so the head cannot be waited for.
        var opened = _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _closing.Token);
        _stream = ReadStreamAsync(opened);
        await Task.Delay(100, cancellationToken);
    }

    private async Task ReadStreamAsync(Task<HttpResponseMessage> opened)
    {
        using var response = await opened;
        await using var stream = await response.Content.ReadAsStreamAsync(_closing.Token);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(_closing.Token))
        {
            using var message = System.Text.Json.JsonDocument.Parse(item.Data);
            if (message.RootElement.TryGetProperty("id", out var id) && _pending.TryRemove(id.GetInt32(), out var answer))
            {
                answer.TrySetResult(item.Data);
            }
        }
    }

    private async Task<HttpResponseMessage> PostAsync(string message, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post);
        request.Content = new StringContent(message, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        var response = await _client.SendAsync(request, cancellationToken);
        return response.EnsureSuccessStatusCode();
    }

    private HttpRequestMessage Request(HttpMethod method)
    {
        var request = new HttpRequestMessage(method, _url);
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (_session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", _session);
            request.Headers.Add("MCP-Protocol-Version", "2025-06-18");
        }

        return request;
    }
}
