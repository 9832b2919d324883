using System.Text.Json;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Mcp.Upstream;
using McpConsole.Tests.Transports;
using Microsoft.AspNetCore.Http;
using NSubstitute;

namespace McpConsole.Tests.Upstream;

[Trait("Kind", "Integration")]
public sealed class ToolClientTests : IAsyncLifetime
{
    private static readonly ServerId s_id = new(Guid.NewGuid());
    private static readonly Actor s_developer = new("dev", Role.Developer);
    private static readonly JsonElement s_arguments = JsonElement.Parse("""{"a":"ü"}""");

    private readonly IServerCatalog _catalog = Substitute.For<IServerCatalog>();
    private readonly UpstreamHttp _http = new();
    private ToolClient _client = null!;

    public ValueTask InitializeAsync()
    {
        _client = new ToolClient(_catalog, _http, TimeProvider.System);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _http.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tools_are_listed_and_called(bool sse)
    {
        await using var mcp = await TestMcp.StartAsync(sse: sse);
        Show(mcp.Url, sse ? McpTransport.Sse : McpTransport.Streamable);
        var tools = (await _client.ListAsync(s_id, TestContext.Current.CancellationToken)).Value;
        tools.Select(tool => tool.Name).ShouldContain("echo");
        var outcome = (await CallAsync("echo")).Value;
        outcome.IsError.ShouldBeFalse();
        outcome.Result.GetProperty("content")[0].GetProperty("text").GetString().ShouldBe("""{"a":"ü"}""");
    }

    [Fact]
    public async Task A_viewer_may_not_call()
    {
        var result = await _client.CallAsync(s_id, "echo", s_arguments, new Actor("view", Role.Viewer), TestContext.Current.CancellationToken);
        result.Error!.Kind.ShouldBe(ErrorKind.Forbidden);
    }

    [Fact]
    public async Task An_unknown_or_stopped_server_and_an_unknown_tool_are_errors_that_say_so()
    {
        (await CallAsync("echo")).Error!.Kind.ShouldBe(ErrorKind.NotFound);
        Show(null);
        (await CallAsync("echo")).Error!.Kind.ShouldBe(ErrorKind.Conflict);
        await using var mcp = await TestMcp.StartAsync();
        Show(mcp.Url);
        var unknown = (await CallAsync("nothing")).Error!;
        unknown.Kind.ShouldBe(ErrorKind.Failed);
        unknown.Message.ShouldContain("nothing");
    }

    [Fact]
    public async Task A_tool_that_asks_its_client_is_not_taken_for_an_answer()
    {
        await using var mcp = await TestMcp.StartAsync();
        Show(mcp.Url);
        (await CallAsync("ask")).Error!.Kind.ShouldBe(ErrorKind.Failed);
    }

    [Fact]
    public async Task An_ended_session_is_renewed_and_the_call_is_made_once()
    {
        var calls = 0;
        var sessions = 0;
        await using var legacy = await FakeHttp.StartAsync(context => AnswerLegacyAsync(context, () => ++sessions, () => ++calls, ended => ended == "s1" && calls > 0));
        Show(legacy.Url);
        (await CallAsync("x")).IsOk.ShouldBeTrue();
        (await CallAsync("x")).IsOk.ShouldBeTrue();
        sessions.ShouldBe(2);
        calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_call_whose_answer_broke_off_is_not_made_again()
    {
        var calls = 0;
        await using var legacy = await FakeHttp.StartAsync(async context =>
        {
            await AnswerLegacyAsync(context, () => 1, () => ++calls, _ => false, isBroken: true);
        });
        Show(legacy.Url);
        (await CallAsync("x")).Error!.Kind.ShouldBe(ErrorKind.Unavailable);
        calls.ShouldBe(1);
    }

    /// <summary>A legacy server that may forget its sessions or break off its answers to calls.</summary>
    private static async Task AnswerLegacyAsync(HttpContext context, Func<int> open, Func<int> call, Func<string, bool> isEnded, bool isBroken = false)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            return;
        }

        var message = await JsonDocument.ParseAsync(context.Request.Body);
        var method = message.RootElement.GetProperty("method").GetString();
        string? session = context.Request.Headers["Mcp-Session-Id"];
        if (method == "server/discover")
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (session is not null && isEnded(session))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (method == "notifications/initialized")
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }

        var result = """{"content":[]}""";
        if (method == "initialize")
        {
            context.Response.Headers["Mcp-Session-Id"] = $"s{open()}";
            result = """{"protocolVersion":"2025-06-18","capabilities":{},"serverInfo":{"name":"legacy","version":"1"}}""";
        }
        else
        {
            call();
            if (isBroken)
            {
                context.Abort();
                return;
            }
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""{"jsonrpc":"2.0","id":{{message.RootElement.GetProperty("id").GetRawText()}},"result":{{result}} }""");
    }

    private Task<Result<Domain.Tools.ToolOutcome>> CallAsync(string tool) =>
        _client.CallAsync(s_id, tool, s_arguments, s_developer, TestContext.Current.CancellationToken);

    private void Show(Uri? url, McpTransport transport = McpTransport.Streamable) => _catalog.Find(s_id).Returns(new ServerSnapshot
    {
        Definition = new ServerDefinition { Id = s_id, Name = "one", Launch = new RemoteLaunch { Url = "x" }, Transport = transport },
        Version = 1,
        Since = default,
        Url = url?.ToString(),
    });
}
