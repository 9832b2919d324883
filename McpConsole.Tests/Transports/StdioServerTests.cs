using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using McpConsole.Mcp.Protocol;
using McpConsole.Mcp.Transports;
using McpConsole.Tests.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpConsole.Tests.Transports;

public sealed class StdioServerTests : IAsyncLifetime
{
    private readonly Pipe _input = new();
    private readonly Pipe _output = new();
    private readonly EchoTools _tools = new();
    private McpServer _server = null!;
    private StreamReader _lines = null!;
    private Task _run = null!;

    public ValueTask InitializeAsync()
    {
        _server = new McpServer(new ServerFeatures { Name = "echo", Version = "1", Tools = _tools }, NullLogger<McpServer>.Instance);
        _lines = new StreamReader(_output.Reader.AsStream());
        _run = new StdioServer(_server, _input.Reader.AsStream(), _output.Writer.AsStream()).RunAsync(CancellationToken.None);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _input.Writer.CompleteAsync();
        await _run;
        _server.Dispose();
    }

    [Fact]
    public async Task Both_eras_are_answered_on_one_line_each()
    {
        await SendAsync("""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2024-11-05","capabilities":{}}}""");
        (await ReadAsync()).GetProperty("result").GetProperty("protocolVersion").GetString().ShouldBe("2024-11-05");
        await SendAsync("""{"jsonrpc":"2.0","id":"m","method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}""");
        var discovered = await ReadAsync();
        discovered.GetProperty("id").GetString().ShouldBe("m");
        discovered.GetProperty("result").GetProperty("supportedVersions")[0].GetString().ShouldBe("2026-07-28");
    }

    [Fact]
    public async Task What_is_no_message_is_answered_and_the_next_one_is_served()
    {
        await SendAsync("nonsense");
        (await ReadAsync()).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(RpcErrors.ParseError);
        await SendAsync("""{"jsonrpc":"2.0","id":5,"method":"ping"}""");
        (await ReadAsync()).GetProperty("id").GetInt32().ShouldBe(5);
    }

    [Fact]
    public async Task A_modern_call_is_cancelled_by_its_id()
    {
        await SendAsync(
            """{"jsonrpc":"2.0","id":"h","method":"tools/call","params":{"name":"hang","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}""");
        await _tools.Hanging.WaitAsync(TestContext.Current.CancellationToken);
        await SendAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"h"}}""");
        await _tools.Cancelled.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_end_of_the_input_ends_the_server_and_what_is_under_way()
    {
        await SendAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"hang"}}""");
        await _tools.Hanging.WaitAsync(TestContext.Current.CancellationToken);
        await _input.Writer.CompleteAsync();
        await _run;
        await _tools.Cancelled.WaitAsync(TestContext.Current.CancellationToken);
    }

    private async Task SendAsync(string line) =>
        await _input.Writer.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), TestContext.Current.CancellationToken);

    private async Task<JsonElement> ReadAsync() =>
        JsonElement.Parse((await _lines.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull());
}
