using System.Text;
using System.Text.Json;
using McpConsole.Mcp.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpConsole.Tests.Protocol;

public sealed class McpServerTests : IDisposable
{
    private const string ModernMeta = """
        "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"elicitation":{}}}
        """;

    private readonly EchoTools _tools = new();
    private readonly McpServer _server;

    public McpServerTests() => _server = new McpServer(
        new ServerFeatures { Name = "echo", Version = "1", Instructions = "Echoes.", Tools = _tools, Logging = true }, NullLogger<McpServer>.Instance);

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("2024-11-05", "2024-11-05")]
    [InlineData("2025-03-26", "2025-03-26")]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2025-11-25", "2025-11-25")]
    [InlineData("1999-01-01", "2025-11-25")]
    [InlineData("2026-07-28", "2025-11-25")]
    public async Task Initialize_agrees_on_the_revision_asked_for_or_offers_the_latest(string asked, string answered)
    {
        var (conversation, reply) = await InitializeAsync("{}", asked);
        var result = (await reply.ResponseAsync()).GetProperty("result");
        result.GetProperty("protocolVersion").GetString().ShouldBe(answered);
        result.GetProperty("capabilities").GetProperty("tools").GetProperty("listChanged").GetBoolean().ShouldBeTrue();
        result.GetProperty("serverInfo").GetProperty("name").GetString().ShouldBe("echo");
        result.GetProperty("instructions").GetString().ShouldBe("Echoes.");
        await conversation.DisposeAsync();
    }

    [Fact]
    public async Task A_call_gets_its_arguments_and_answers_under_its_id()
    {
        var response = await CallAsync("echo", """{"a":"ü","b":[1,2]}""", id: "\"0\"");
        response.GetProperty("id").GetRawText().ShouldBe("\"0\"");
        Text(response).ShouldBe("""{"a":"ü","b":[1,2]}""");
        response.GetProperty("result").TryGetProperty("resultType", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("nothing", "{}", RpcErrors.InvalidParams)]
    [InlineData("refuse", "{}", RpcErrors.InvalidParams)]
    [InlineData("echo", "[]", RpcErrors.InvalidParams)]
    [InlineData("fail", "{}", RpcErrors.InternalError)]
    public async Task A_call_that_cannot_be_carried_out_is_an_error_without_half_a_result(string tool, string arguments, int code)
    {
        var response = await CallAsync(tool, arguments);
        response.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(code);
        response.TryGetProperty("result", out _).ShouldBeFalse();
        response.GetRawText().ShouldNotContain("a secret");
    }

    [Fact]
    public async Task Progress_goes_back_under_the_clients_own_token()
    {
        var (conversation, _) = await InitializeAsync("{}");
        var reply = new CapturedReply();
        conversation.Handle(Parse("""{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"progress","_meta":{"progressToken":"p0"}}}"""), reply);
        var progress = await reply.NextSentAsync();
        progress.GetProperty("method").GetString().ShouldBe("notifications/progress");
        progress.GetProperty("params").GetRawText().ShouldBe("""{"progressToken":"p0","progress":1,"total":2,"message":"half"}""");
        (await reply.NextSentAsync()).GetProperty("params").GetProperty("level").GetString().ShouldBe("warning");
    }

    [Fact]
    public async Task Log_messages_below_the_level_set_are_not_sent()
    {
        var (conversation, _) = await InitializeAsync("{}");
        var set = new CapturedReply();
        conversation.Handle(Parse("""{"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"error"}}"""), set);
        await set.ResponseAsync();
        var reply = new CapturedReply();
        conversation.Handle(Parse("""{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"progress","_meta":{"progressToken":1}}}"""), reply);
        await reply.ResponseAsync();
        (await reply.NextSentAsync()).GetProperty("method").GetString().ShouldBe("notifications/progress");
        reply.HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task A_cancelled_call_is_stopped_and_not_answered()
    {
        var (conversation, _) = await InitializeAsync("{}");
        var reply = new CapturedReply();
        conversation.Handle(Parse("""{"jsonrpc":"2.0","id":"h","method":"tools/call","params":{"name":"hang"}}"""), reply);
        conversation.Accept(Parse("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"h"}}"""));
        (await reply.TextAsync()).ShouldBeNull();
        await _tools.Cancelled.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_legacy_client_is_asked_by_a_request_and_its_answer_reaches_the_tool()
    {
        var (conversation, _) = await InitializeAsync("""{"elicitation":{}}""");
        var reply = new CapturedReply();
        conversation.Handle(Parse("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask"}}"""), reply);
        var question = await reply.NextSentAsync();
        question.GetProperty("method").GetString().ShouldBe("elicitation/create");
        conversation.Accept(Parse($$"""{"jsonrpc":"2.0","id":{{question.GetProperty("id").GetRawText()}},"result":{"action":"accept"} }"""));
        Text(await reply.ResponseAsync()).ShouldBe("""{"action":"accept"}""");
    }

    [Fact]
    public async Task A_client_is_not_asked_what_it_did_not_announce()
    {
        var error = (await CallAsync("ask", "{}")).GetProperty("error");
        error.GetProperty("code").GetInt32().ShouldBe(RpcErrors.MissingClientCapability);
        error.GetProperty("data").GetProperty("requiredCapabilities").TryGetProperty("elicitation", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_modern_client_is_asked_by_the_result_and_repeats_the_request_until_every_answer_is_there()
    {
        var first = (await ModernAsync("tools/call", "\"name\":\"ask_twice\",")).GetProperty("result");
        first.GetProperty("resultType").GetString().ShouldBe("input_required");
        var question = first.GetProperty("inputRequests").EnumerateObject().Single();
        question.Value.GetProperty("params").GetProperty("message").GetString().ShouldBe("who?");
        first.TryGetProperty("requestState", out _).ShouldBeFalse();

        var answers = $$"""{"{{question.Name}}":{"n":1} }""";
        var second = (await ModernAsync("tools/call", $"\"name\":\"ask_twice\",\"inputResponses\":{answers},")).GetProperty("result");
        var other = second.GetProperty("inputRequests").EnumerateObject().Single();
        other.Value.GetProperty("params").GetProperty("message").GetString().ShouldBe("why?");
        var state = second.GetProperty("requestState").GetRawText();

        answers = $$"""{"{{other.Name}}":{"n":2} }""";
        var last = await ModernAsync("tools/call", $"\"name\":\"ask_twice\",\"inputResponses\":{answers},\"requestState\":{state},");
        last.GetProperty("result").GetProperty("resultType").GetString().ShouldBe("complete");
        Text(last).ShouldBe("""{"n":1} {"n":2}""");
    }

    [Theory]
    [InlineData("\"!\"")]
    [InlineData("\"W10=\"")]
    public async Task A_request_state_that_is_not_ours_is_refused(string state)
    {
        var response = await ModernAsync("tools/call", $"\"name\":\"ask\",\"requestState\":{state},");
        response.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(RpcErrors.InvalidParams);
    }

    [Fact]
    public async Task A_modern_list_says_its_type_how_long_it_may_be_kept_and_who_answers()
    {
        var result = (await ModernAsync("tools/list", "")).GetProperty("result");
        result.GetProperty("resultType").GetString().ShouldBe("complete");
        result.GetProperty("tools").GetArrayLength().ShouldBe(7);
        result.GetProperty("ttlMs").GetInt64().ShouldBeGreaterThan(0);
        result.GetProperty("cacheScope").GetString().ShouldBe("public");
        result.GetProperty("_meta").GetProperty("io.modelcontextprotocol/serverInfo").GetProperty("name").GetString().ShouldBe("echo");
    }

    [Theory]
    [InlineData("ping")]
    [InlineData("logging/setLevel")]
    [InlineData("initialize")]
    [InlineData("resources/list")]
    public async Task What_the_modern_era_or_this_server_does_not_have_is_an_unknown_method(string method) =>
        (await ModernAsync(method, "")).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(RpcErrors.MethodNotFound);

    [Fact]
    public async Task A_modern_subscription_hears_of_changes_it_asked_for_until_the_server_ends_it()
    {
        var reply = new CapturedReply();
        ((IMcpEndpoint)_server).Handle(
            Parse($$"""{"jsonrpc":"2.0","id":"s","method":"subscriptions/listen","params":{ {{ModernMeta}},"notifications":{"toolsListChanged":true,"promptsListChanged":true} } }"""),
            reply,
            TestContext.Current.CancellationToken);
        var acknowledged = await reply.NextSentAsync();
        acknowledged.GetProperty("method").GetString().ShouldBe("notifications/subscriptions/acknowledged");
        acknowledged.GetProperty("params").GetProperty("notifications").GetRawText().ShouldBe("""{"toolsListChanged":true}""");
        _tools.Replace("other");
        var changed = await reply.NextSentAsync();
        changed.GetProperty("method").GetString().ShouldBe("notifications/tools/list_changed");
        changed.GetProperty("params").GetProperty("_meta").GetProperty("io.modelcontextprotocol/subscriptionId").GetString().ShouldBe("s");
        _server.Dispose();
        var end = await reply.ResponseAsync();
        end.GetProperty("result").GetProperty("_meta").GetProperty("io.modelcontextprotocol/subscriptionId").GetString().ShouldBe("s");
    }

    private async Task<(IConversation Conversation, CapturedReply Reply)> InitializeAsync(string capabilities, string version = "2025-11-25")
    {
        var conversation = ((IMcpEndpoint)_server).Open(new NoOutlet());
        var reply = new CapturedReply();
        conversation.Handle(
            Parse($$"""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"{{version}}","capabilities":{{capabilities}} } }"""), reply);
        await reply.ResponseAsync();
        return (conversation, reply);
    }

    private async Task<JsonElement> CallAsync(string tool, string arguments, string id = "1")
    {
        var (conversation, _) = await InitializeAsync("{}");
        var reply = new CapturedReply();
        conversation.Handle(
            Parse($$"""{"jsonrpc":"2.0","id":{{id}},"method":"tools/call","params":{"name":"{{tool}}","arguments":{{arguments}} } }"""), reply);
        return await reply.ResponseAsync();
    }

    private async Task<JsonElement> ModernAsync(string method, string parameters)
    {
        var reply = new CapturedReply();
        var request = Parse($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{ {{parameters}} {{ModernMeta}} } }""");
        ((IMcpEndpoint)_server).Handle(request, reply, TestContext.Current.CancellationToken);
        return await reply.ResponseAsync();
    }

    private static string? Text(JsonElement response) => response.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString();

    private static RpcMessage Parse(string text) => RpcMessage.Parse(Encoding.UTF8.GetBytes(text));

    private sealed class NoOutlet : IOutlet
    {
        public void Send(ReadOnlySpan<byte> message)
        {
        }

        public void End()
        {
        }
    }
}
