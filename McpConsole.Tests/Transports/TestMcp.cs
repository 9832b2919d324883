using System.Net;
using System.Text;
using System.Text.Json;
using McpConsole.Mcp.Protocol;
using McpConsole.Mcp.Transports;
using McpConsole.Tests.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpConsole.Tests.Transports;

/// <summary>A server with <see cref="EchoTools"/> on a port of its own, and a client that speaks plain HTTP to it.</summary>
internal sealed class TestMcp : IAsyncDisposable
{
    private readonly McpServer _server;
    private readonly McpListener _listener;
    private readonly HttpClient _client;

    private TestMcp(EchoTools tools, McpServer server, McpHttpApp app, McpListener listener, string endpoint)
    {
        (Tools, _server, App, _listener) = (tools, server, app, listener);
        Url = new Uri($"http://127.0.0.1:{listener.Port}{endpoint}");
        _client = new HttpClient { BaseAddress = Url };
    }

    public EchoTools Tools { get; }

    public McpHttpApp App { get; }

    public Uri Url { get; }

    public static async Task<TestMcp> StartAsync(HttpTransportOptions? options = null, bool sse = false)
    {
        options ??= new HttpTransportOptions { Endpoint = sse ? "/sse" : "/mcp" };
        var tools = new EchoTools();
        var server = new McpServer(new ServerFeatures { Name = "echo", Version = "1", Tools = tools, Logging = true }, NullLogger<McpServer>.Instance);
        var app = sse ? McpHttpApp.Sse(server, options) : McpHttpApp.Streamable(server, options);
        var listener = await McpListener.StartAsync(
            new IPEndPoint(IPAddress.Loopback, 0), app, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        return new TestMcp(tools, server, app, listener, options.Endpoint);
    }

    /// <summary>Sends a request and returns when the head of the answer is there.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, Url);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> PostAsync(string body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, body, headers);

    /// <summary>Begins a legacy session and returns its id.</summary>
    public async Task<string> InitializeAsync(string version = "2025-11-25")
    {
        using var answer = await PostAsync(
            $$"""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"{{version}}","capabilities":{"elicitation":{} } } }""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var session = answer.Headers.GetValues("Mcp-Session-Id").Single();
        using var accepted = await PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", ("Mcp-Session-Id", session));
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return session;
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        _client.Dispose();
        await _listener.DisposeAsync();
    }
}
