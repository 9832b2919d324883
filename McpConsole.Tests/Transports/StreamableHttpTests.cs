using System.Net;
using System.Text;
using McpConsole.Mcp.Protocol;
using McpConsole.Mcp.Transports;
using McpConsole.Mcp.Upstream;

namespace McpConsole.Tests.Transports;

[Trait("Kind", "Integration")]
public sealed class StreamableHttpTests : IAsyncLifetime
{
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

    private readonly ManualTimeProvider _time = new();
    private TestMcp _mcp = null!;

    public async ValueTask InitializeAsync() =>
        _mcp = await TestMcp.StartAsync(new HttpTransportOptions { Time = _time, SessionIdle = TimeSpan.FromMinutes(10), MaxSessions = 3, MaxBodyBytes = 10_000 });

    public ValueTask DisposeAsync() => _mcp.DisposeAsync();

    [Fact]
    public async Task A_session_answers_until_it_is_deleted()
    {
        var session = await _mcp.InitializeAsync();
        using var pong = await _mcp.PostAsync(Ping, ("Mcp-Session-Id", session));
        (await TestMcp.JsonAsync(pong)).GetProperty("result").GetRawText().ShouldBe("{}");
        using var deleted = await _mcp.SendAsync(HttpMethod.Delete, null, ("Mcp-Session-Id", session));
        deleted.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var gone = await _mcp.PostAsync(Ping, ("Mcp-Session-Id", session));
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_idle_session_ends_and_a_used_one_stays()
    {
        var idle = await _mcp.InitializeAsync();
        var used = await _mcp.InitializeAsync();
        for (var i = 0; i < 4; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(4));
            using var pong = await _mcp.PostAsync(Ping, ("Mcp-Session-Id", used));
            pong.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var gone = await _mcp.PostAsync(Ping, ("Mcp-Session-Id", idle));
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        _mcp.App.Sessions.ShouldBe(1);
    }

    [Fact]
    public async Task At_the_limit_the_idlest_session_makes_room_and_an_open_stream_keeps_its_own()
    {
        var open = await _mcp.InitializeAsync();
        using var stream = await _mcp.SendAsync(HttpMethod.Get, null, ("Mcp-Session-Id", open));
        _time.Advance(TimeSpan.FromMinutes(1));
        var idlest = await _mcp.InitializeAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        await _mcp.InitializeAsync();
        await _mcp.InitializeAsync();
        using var kept = await _mcp.PostAsync(Ping, ("Mcp-Session-Id", open));
        kept.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var gone = await _mcp.PostAsync(Ping, ("Mcp-Session-Id", idlest));
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Notifications_before_the_response_make_it_a_stream_and_none_make_it_a_single_body()
    {
        var session = await _mcp.InitializeAsync();
        using var single = await _mcp.PostAsync(Call("echo"), ("Mcp-Session-Id", session));
        single.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        using var streamed = await _mcp.PostAsync(Call("progress", "\"_meta\":{\"progressToken\":1},"), ("Mcp-Session-Id", session));
        streamed.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        streamed.Headers.GetValues("X-Accel-Buffering").Single().ShouldBe("no");
        var events = await EventsAsync(streamed);
        events.Count.ShouldBe(4);
        events[0].Data.ShouldBeEmpty("the first event only tells the client its place");
        Encoding.UTF8.GetString(events[1].Data).ShouldContain("notifications/progress");
        Encoding.UTF8.GetString(events[2].Data).ShouldContain("notifications/message");
        Encoding.UTF8.GetString(events[3].Data).ShouldContain("\"result\"");
    }

    [Fact]
    public async Task A_client_of_an_earlier_revision_gets_no_empty_event()
    {
        var session = await _mcp.InitializeAsync("2025-06-18");
        using var streamed = await _mcp.PostAsync(Call("progress", "\"_meta\":{\"progressToken\":1},"), ("Mcp-Session-Id", session));
        (await EventsAsync(streamed)).ShouldAllBe(found => found.Data.Length > 0);
    }

    [Fact]
    public async Task A_broken_stream_is_taken_up_after_the_last_event_that_arrived()
    {
        var session = await _mcp.InitializeAsync();
        string last;
        using (var broken = await _mcp.PostAsync(Call("ask"), ("Mcp-Session-Id", session)))
        {
            using var reader = new SseReader(await broken.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), 100_000);
            last = (await reader.ReadAsync(TestContext.Current.CancellationToken))!.Id!;
        }

        using var resumed = await _mcp.SendAsync(HttpMethod.Get, null, ("Mcp-Session-Id", session), ("Last-Event-ID", last));
        using var rest = new SseReader(await resumed.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), 100_000);
        var question = RpcMessage.Parse((await rest.ReadAsync(TestContext.Current.CancellationToken))!.Data);
        question.Method.ShouldBe("elicitation/create");
        var id = Encoding.UTF8.GetString(question[question.Id].Span);
        using var accepted = await _mcp.PostAsync($$"""{"jsonrpc":"2.0","id":{{id}},"result":{"action":"accept"} }""", ("Mcp-Session-Id", session));
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        Encoding.UTF8.GetString((await rest.ReadAsync(TestContext.Current.CancellationToken))!.Data).ShouldContain("accept");
        (await rest.ReadAsync(TestContext.Current.CancellationToken)).ShouldBeNull("the response ends the stream");
    }

    [Fact]
    public async Task Changes_reach_every_session_on_its_own_stream()
    {
        var sessions = new[] { await _mcp.InitializeAsync(), await _mcp.InitializeAsync() };
        _mcp.Tools.Replace("one");
        foreach (var session in sessions)
        {
            using var stream = await _mcp.SendAsync(HttpMethod.Get, null, ("Mcp-Session-Id", session));
            using var reader = new SseReader(await stream.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), 100_000);
            Encoding.UTF8.GetString((await reader.ReadAsync(TestContext.Current.CancellationToken))!.Data).ShouldContain("tools/list_changed");
        }
    }

    [Fact]
    public async Task A_legacy_client_that_goes_away_does_not_cancel_its_call_and_a_modern_one_does()
    {
        var session = await _mcp.InitializeAsync();
        var legacy = _mcp.PostAsync(Call("hang"), ("Mcp-Session-Id", session));
        await _mcp.Tools.Hanging.WaitAsync(TestContext.Current.CancellationToken);
        using var leaving = new HttpClient();
        using var goes = new CancellationTokenSource();
        var request = Modern("tools/call", "\"name\":\"hang\",", "2026-07-28", "tools/call");
        request.Headers.Add("Mcp-Name", "hang");
        var modern = leaving.SendAsync(request, goes.Token);
        await _mcp.Tools.Hanging.WaitAsync(TestContext.Current.CancellationToken);
        await goes.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(modern);
        await _mcp.Tools.Cancelled.WaitAsync(TestContext.Current.CancellationToken);
        legacy.IsCompleted.ShouldBeFalse();
        using var cancelled = await _mcp.PostAsync(
            """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""", ("Mcp-Session-Id", session));
        await _mcp.Tools.Cancelled.WaitAsync(TestContext.Current.CancellationToken);
        using var ended = await legacy;
    }

    [Fact]
    public async Task A_client_that_left_before_its_answer_does_not_keep_its_session()
    {
        var session = await _mcp.InitializeAsync();
        using (var leaving = new HttpClient())
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _mcp.Url) { Content = new StringContent(Call("hang"), Encoding.UTF8, "application/json") };
            request.Headers.Add("Mcp-Session-Id", session);
            using var goes = new CancellationTokenSource();
            var call = leaving.SendAsync(request, goes.Token);
            await _mcp.Tools.Hanging.WaitAsync(TestContext.Current.CancellationToken);
            await goes.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(call);
        }

        await Eventually.BeTrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromMinutes(10));
            return _mcp.App.Sessions == 0;
        });
        await _mcp.Tools.Cancelled.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("tools/call", "echo", "2026-07-28", "tools/call", "echo", 200, 0)]
    [InlineData("tools/call", "echo", "2026-07-28", "tools/call", "=?base64?ZWNobw==?=", 200, 0)]
    [InlineData("tools/list", null, "2026-07-28", "tools/list", null, 200, 0)]
    [InlineData("tools/call", "echo", "2026-07-28", "tools/call", "other", 400, RpcErrors.HeaderMismatch)]
    [InlineData("tools/call", "echo", "2026-07-28", "tools/call", null, 400, RpcErrors.HeaderMismatch)]
    [InlineData("tools/call", "echo", "2026-07-28", "tools/list", "echo", 400, RpcErrors.HeaderMismatch)]
    [InlineData("tools/list", null, "2026-07-28", null, null, 400, RpcErrors.HeaderMismatch)]
    [InlineData("tools/list", null, "2025-11-25", "tools/list", null, 400, RpcErrors.HeaderMismatch)]
    [InlineData("tools/list", null, null, "tools/list", null, 400, RpcErrors.HeaderMismatch)]
    [InlineData("tools/nothing", null, "2026-07-28", "tools/nothing", null, 404, RpcErrors.MethodNotFound)]
    public async Task Headers_of_a_modern_request_say_what_its_body_says(
        string method, string? name, string? versionHeader, string? methodHeader, string? nameHeader, int status, int code)
    {
        using var client = new HttpClient();
        using var request = Modern(method, name is null ? "" : $"\"name\":\"{name}\",", versionHeader, methodHeader);
        if (nameHeader is not null)
        {
            request.Headers.TryAddWithoutValidation("Mcp-Name", nameHeader);
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(status);
        var json = await TestMcp.JsonAsync(answer);
        json.GetProperty("id").GetInt32().ShouldBe(1);
        (json.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : 0).ShouldBe(code);
        answer.Headers.Contains("Mcp-Session-Id").ShouldBeFalse();
    }

    [Fact]
    public async Task An_unknown_revision_is_refused_with_those_that_are_spoken()
    {
        using var client = new HttpClient();
        using var request = Modern("tools/list", "", "2030-01-01", "tools/list", "2030-01-01");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = (await TestMcp.JsonAsync(answer)).GetProperty("error");
        error.GetProperty("code").GetInt32().ShouldBe(RpcErrors.UnsupportedVersion);
        error.GetProperty("data").GetProperty("supported").EnumerateArray().Select(version => version.GetString()).ShouldContain("2026-07-28");
        error.GetProperty("data").GetProperty("requested").GetString().ShouldBe("2030-01-01");
    }

    [Fact]
    public async Task What_is_not_mcp_is_refused_with_its_status()
    {
        await ExpectAsync(HttpStatusCode.BadRequest, () => _mcp.PostAsync(Ping));
        await ExpectAsync(HttpStatusCode.NotFound, () => _mcp.PostAsync(Ping, ("Mcp-Session-Id", "unknown")));
        await ExpectAsync(HttpStatusCode.BadRequest, () => _mcp.PostAsync("nonsense"));
        await ExpectAsync(HttpStatusCode.RequestEntityTooLarge, () => _mcp.PostAsync(new string(' ', 20_000) + Ping));
        await ExpectAsync(HttpStatusCode.BadRequest, () => _mcp.SendAsync(HttpMethod.Get));
        await ExpectAsync(HttpStatusCode.MethodNotAllowed, () => _mcp.SendAsync(HttpMethod.Get, null, ("MCP-Protocol-Version", "2026-07-28")));
        await ExpectAsync(HttpStatusCode.MethodNotAllowed, () => _mcp.SendAsync(HttpMethod.Put, Ping));
        await ExpectAsync(HttpStatusCode.Forbidden, () => _mcp.PostAsync(Ping, ("Origin", "http://evil.example.com")));
        await ExpectAsync(HttpStatusCode.Forbidden, () => _mcp.PostAsync(Ping, ("Host", "evil.example.com")));
        using var client = new HttpClient();
        using var form = await client.PostAsync(_mcp.Url, new StringContent(Ping), TestContext.Current.CancellationToken);
        form.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        using var health = await client.GetAsync(new Uri(_mcp.Url, "/health"), TestContext.Current.CancellationToken);
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task ExpectAsync(HttpStatusCode status, Func<Task<HttpResponseMessage>> send)
    {
        using var answer = await send();
        answer.StatusCode.ShouldBe(status);
    }

    private HttpRequestMessage Modern(
        string method, string parameters, string? versionHeader, string? methodHeader, string version = "2026-07-28")
    {
        var body = $$"""
            {"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{ {{parameters}}"_meta":{
            "io.modelcontextprotocol/protocolVersion":"{{version}}","io.modelcontextprotocol/clientCapabilities":{} } } }
            """;
        var request = new HttpRequestMessage(HttpMethod.Post, _mcp.Url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in new[] { ("MCP-Protocol-Version", versionHeader), ("Mcp-Method", methodHeader) })
        {
            if (value is not null)
            {
                request.Headers.Add(name, value);
            }
        }

        return request;
    }

    private static string Call(string tool, string more = "") =>
        $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{ {{more}}"name":"{{tool}}","arguments":{} } }""";

    private static async Task<List<SseEvent>> EventsAsync(HttpResponseMessage answer)
    {
        using var reader = new SseReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), 100_000);
        var all = new List<SseEvent>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } found)
        {
            all.Add(found);
        }

        return all;
    }
}
