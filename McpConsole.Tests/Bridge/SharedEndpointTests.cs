using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using McpConsole.Domain.Processes;
using McpConsole.Mcp.Bridge;
using McpConsole.Mcp.Protocol;
using McpConsole.Tests.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpConsole.Tests.Bridge;

public sealed class SharedEndpointTests : IAsyncLifetime
{
    private const string ModernMeta = """
        "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"elicitation":{}}}
        """;

    private readonly ManualTimeProvider _time = new();
    private readonly PipeChild _child = new();
    private readonly ConcurrentQueue<string> _noise = new();
    private SharedEndpoint _bridge = null!;

    public async ValueTask InitializeAsync()
    {
        _bridge = new SharedEndpoint(new StdioTap(Noise: line => _noise.Enqueue(Encoding.UTF8.GetString(line.Span))), _time, NullLogger.Instance);
        _bridge.Attach(_child);
        await _child.GreetAsync();
        await Eventually.BeTrueAsync(() => _bridge.Ready is not null);
    }

    public ValueTask DisposeAsync()
    {
        _child.Die();
        _bridge.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2025-11-25", "2025-11-25")]
    [InlineData("2030-01-01", "2025-11-25")]
    public async Task Each_session_is_initialised_from_what_the_child_said_once(string asked, string answered)
    {
        var (_, reply, _) = await OpenAsync("{}", asked);
        var result = (await reply.ResponseAsync()).GetProperty("result");
        result.GetProperty("protocolVersion").GetString().ShouldBe(answered);
        result.GetProperty("serverInfo").GetProperty("name").GetString().ShouldBe("child");
    }

    [Fact]
    public async Task Equal_ids_of_two_sessions_never_meet_and_keep_their_form()
    {
        var ids = new[] { "0", "\"0\"", "9007199254740993", "\"a b\"", "0" };
        var calls = new List<(string Id, CapturedReply Reply, JsonElement Seen)>();
        foreach (var id in ids)
        {
            var (conversation, _, _) = await OpenAsync("{}");
            var reply = new CapturedReply();
            conversation.Handle(Parse($$"""{"jsonrpc":"2.0","id":{{id}},"method":"tools/call","params":{"name":"x"} }"""), reply);
            calls.Add((id, reply, await _child.ReceiveAsync()));
        }

        calls.Select(call => call.Seen.GetProperty("id").GetRawText()).Distinct().Count().ShouldBe(ids.Length);
        for (var i = calls.Count - 1; i >= 0; i--)
        {
            await _child.AnswerAsync(calls[i].Seen, $$"""{"content":[{"type":"text","text":"{{i}}"}]}""");
            var response = await calls[i].Reply.ResponseAsync();
            response.GetProperty("id").GetRawText().ShouldBe(calls[i].Id);
            response.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString().ShouldBe($"{i}");
        }
    }

    [Fact]
    public async Task Equal_progress_tokens_of_two_sessions_reach_their_own_request_in_their_own_form()
    {
        var first = await CallAsync("\"_meta\":{\"progressToken\":\"t\"},");
        var second = await CallAsync("\"_meta\":{\"progressToken\":\"t\"},");
        var token = second.Seen.GetProperty("params").GetProperty("_meta").GetProperty("progressToken").GetRawText();
        token.ShouldNotBe(first.Seen.GetProperty("params").GetProperty("_meta").GetProperty("progressToken").GetRawText());
        await _child.SayAsync($$"""{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":{{token}},"progress":1} }""");
        (await second.Reply.NextSentAsync()).GetProperty("params").GetProperty("progressToken").GetRawText().ShouldBe("\"t\"");
        first.Reply.HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task A_question_of_the_child_goes_to_the_session_whose_request_is_under_way()
    {
        var asked = await CallAsync("", """{"elicitation":{}}""");
        var (_, _, bystander) = await OpenAsync("""{"elicitation":{}}""");
        await _child.SayAsync("""{"jsonrpc":"2.0","id":"q","method":"elicitation/create","params":{"message":"who?"}}""");
        var question = await asked.Reply.NextSentAsync();
        question.GetProperty("params").GetProperty("message").GetString().ShouldBe("who?");
        asked.Conversation.Accept(Parse($$"""{"jsonrpc":"2.0","id":{{question.GetProperty("id").GetRawText()}},"result":{"action":"accept"} }"""));
        var answer = await _child.ReceiveAsync();
        answer.GetRawText().ShouldBe("""{"jsonrpc":"2.0","id":"q","result":{"action":"accept"} }""");
        bystander.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_question_that_could_be_meant_for_several_clients_is_refused()
    {
        await CallAsync("", """{"elicitation":{}}""");
        await CallAsync("", """{"elicitation":{}}""");
        await _child.SayAsync("""{"jsonrpc":"2.0","id":"q","method":"elicitation/create","params":{"message":"who?"}}""");
        (await _child.ReceiveAsync()).GetProperty("error").GetProperty("message").GetString()!.ShouldContain("Several clients");
    }

    [Fact]
    public async Task What_the_child_tells_all_reaches_each_session()
    {
        var outlets = new[] { (await OpenAsync("{}")).Outlet, (await OpenAsync("{}")).Outlet };
        await _child.SayAsync("""{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}""");
        foreach (var outlet in outlets)
        {
            await Eventually.BeTrueAsync(() => outlet.Messages.Count == 1);
        }
    }

    [Fact]
    public async Task A_cancellation_reaches_the_child_under_the_number_that_it_knows()
    {
        var call = await CallAsync("");
        call.Conversation.Accept(Parse("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"""));
        (await call.Reply.TextAsync()).ShouldBeNull();
        var cancelled = await _child.ReceiveAsync();
        cancelled.GetProperty("params").GetProperty("requestId").GetRawText().ShouldBe(call.Seen.GetProperty("id").GetRawText());
    }

    [Fact]
    public async Task Requests_under_way_when_the_child_dies_are_answered_and_the_session_goes_on_with_the_next_child()
    {
        var call = await CallAsync("");
        _child.Die();
        (await call.Reply.ResponseAsync()).GetProperty("error").GetProperty("message").GetString()!.ShouldContain("stopped");
        await Eventually.BeTrueAsync(() => !_bridge.HasChild);
        var refused = new CapturedReply();
        call.Conversation.Handle(Parse("""{"jsonrpc":"2.0","id":2,"method":"tools/list"}"""), refused);
        (await refused.ResponseAsync()).GetProperty("error").GetProperty("message").GetString()!.ShouldContain("not running");

        var next = new PipeChild();
        _bridge.Attach(next);
        var waiting = new CapturedReply();
        call.Conversation.Handle(Parse("""{"jsonrpc":"2.0","id":3,"method":"tools/list"}"""), waiting);
        await next.GreetAsync();
        await next.AnswerAsync(await next.ReceiveAsync(), """{"tools":[]}""");
        (await waiting.ResponseAsync()).GetProperty("id").GetInt32().ShouldBe(3);
        next.Die();
    }

    [Fact]
    public async Task Noise_on_the_childs_output_is_kept_and_passed_over()
    {
        var call = await CallAsync("");
        await _child.SayAsync("Server started on stdio!");
        await _child.AnswerAsync(call.Seen, "{}");
        (await call.Reply.ResponseAsync()).GetProperty("result").GetRawText().ShouldBe("{}");
        _noise.ShouldBe(["Server started on stdio!"]);
    }

    [Fact]
    public async Task A_modern_request_to_a_legacy_child_gets_a_modern_result()
    {
        var (reply, seen) = await ModernAsync("tools/list", "");
        await _child.AnswerAsync(seen, """{"tools":[]}""");
        var result = (await reply.ResponseAsync()).GetProperty("result");
        result.GetProperty("resultType").GetString().ShouldBe("complete");
        result.GetProperty("ttlMs").GetInt32().ShouldBe(0);
        result.GetProperty("tools").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_modern_client_is_discovered_to_from_the_childs_initialize()
    {
        var reply = new CapturedReply();
        _bridge.Handle(Parse($$"""{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{ {{ModernMeta}} } }"""), reply, CancellationToken.None);
        var result = (await reply.ResponseAsync()).GetProperty("result");
        result.GetProperty("capabilities").TryGetProperty("tools", out _).ShouldBeTrue();
        result.GetProperty("_meta").GetProperty("io.modelcontextprotocol/serverInfo").GetProperty("name").GetString().ShouldBe("child");
    }

    [Fact]
    public async Task A_question_to_a_modern_client_ends_its_request_and_the_repeated_one_gets_the_childs_answer()
    {
        var (reply, seen) = await ModernAsync("tools/call", "\"name\":\"x\",");
        await _child.SayAsync("""{"jsonrpc":"2.0","id":7,"method":"elicitation/create","params":{"message":"who?"}}""");
        var first = (await reply.ResponseAsync()).GetProperty("result");
        first.GetProperty("resultType").GetString().ShouldBe("input_required");
        var question = first.GetProperty("inputRequests").EnumerateObject().Single();
        question.Value.GetProperty("params").GetProperty("message").GetString().ShouldBe("who?");

        var again = new CapturedReply();
        var more = $$""" "name":"x","requestState":{{first.GetProperty("requestState").GetRawText()}},"inputResponses":{"{{question.Name}}":{"action":"accept"} },""";
        _bridge.Handle(Parse($$"""{"jsonrpc":"2.0","id":"again","method":"tools/call","params":{ {{more}} {{ModernMeta}} } }"""), again, CancellationToken.None);
        (await _child.ReceiveAsync()).GetRawText().ShouldBe("""{"jsonrpc":"2.0","id":7,"result":{"action":"accept"}}""");
        await _child.AnswerAsync(seen, """{"content":[]}""");
        var response = await again.ResponseAsync();
        response.GetProperty("id").GetString().ShouldBe("again");
        response.GetProperty("result").GetProperty("resultType").GetString().ShouldBe("complete");
    }

    [Fact]
    public async Task A_modern_client_that_never_comes_back_has_its_call_cancelled()
    {
        var (reply, seen) = await ModernAsync("tools/call", "\"name\":\"x\",");
        await _child.SayAsync("""{"jsonrpc":"2.0","id":7,"method":"elicitation/create","params":{"message":"who?"}}""");
        await reply.ResponseAsync();
        _time.Advance(TimeSpan.FromMinutes(10));
        var cancelled = await _child.ReceiveAsync();
        cancelled.GetProperty("params").GetProperty("requestId").GetRawText().ShouldBe(seen.GetProperty("id").GetRawText());
    }

    private async Task<(IConversation Conversation, CapturedReply Reply, KeptOutlet Outlet)> OpenAsync(string capabilities, string version = "2025-11-25")
    {
        var outlet = new KeptOutlet();
        var conversation = _bridge.Open(outlet);
        var reply = new CapturedReply();
        conversation.Handle(
            Parse($$"""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"{{version}}","capabilities":{{capabilities}} } }"""), reply);
        await reply.ResponseAsync();
        return (conversation, reply, outlet);
    }

    private async Task<(IConversation Conversation, CapturedReply Reply, JsonElement Seen)> CallAsync(string more, string capabilities = "{}")
    {
        var (conversation, _, _) = await OpenAsync(capabilities);
        var reply = new CapturedReply();
        conversation.Handle(Parse($$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{ {{more}}"name":"x"} }"""), reply);
        return (conversation, reply, await _child.ReceiveAsync());
    }

    private async Task<(CapturedReply Reply, JsonElement Seen)> ModernAsync(string method, string parameters)
    {
        var reply = new CapturedReply();
        var request = Parse($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{ {{parameters}} {{ModernMeta}} } }""");
        _bridge.Handle(request, reply, TestContext.Current.CancellationToken);
        return (reply, await _child.ReceiveAsync());
    }

    private static RpcMessage Parse(string text) => RpcMessage.Parse(Encoding.UTF8.GetBytes(text));

    private sealed class KeptOutlet : IOutlet
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _messages = new();

        public IReadOnlyCollection<string> Messages => _messages;

        public void Send(ReadOnlySpan<byte> message) => _messages.Enqueue(Encoding.UTF8.GetString(message));

        public void End()
        {
        }
    }
}
