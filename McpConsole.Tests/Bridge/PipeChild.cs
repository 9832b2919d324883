using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using McpConsole.Domain.Processes;

namespace McpConsole.Tests.Bridge;

/// <summary>A stdio child that the test itself speaks for.</summary>
internal sealed class PipeChild : IStdioChild
{
    private readonly Pipe _input = new();
    private readonly Pipe _output = new();
    private readonly TaskCompletionSource _exited = new();
    private readonly StreamReader _received;

    public PipeChild()
    {
        Input = _input.Writer.AsStream();
        Output = _output.Reader.AsStream();
        _received = new StreamReader(_input.Reader.AsStream());
    }

    public int Pid => 1;

    public Stream Input { get; }

    public Stream Output { get; }

    public Task Exited => _exited.Task;

    /// <summary>The next message that the bridge sent.</summary>
    public async Task<JsonElement> ReceiveAsync() =>
        JsonElement.Parse((await _received.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull());

    public async Task SayAsync(string line) =>
        await _output.Writer.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), TestContext.Current.CancellationToken);

    /// <summary>Answers the bridge's initialize.</summary>
    public async Task GreetAsync(string name = "child", string version = "2025-11-25")
    {
        var initialize = await ReceiveAsync();
        initialize.GetProperty("method").GetString().ShouldBe("initialize");
        await SayAsync($$"""
            {"jsonrpc":"2.0","id":{{initialize.GetProperty("id").GetRawText()}},"result":{"protocolVersion":"{{version}}","capabilities":{"tools":{} },"serverInfo":{"name":"{{name}}","version":"1"} } }
            """.Trim());
        (await ReceiveAsync()).GetProperty("method").GetString().ShouldBe("notifications/initialized");
    }

    /// <summary>Answers a message of the bridge with a result.</summary>
    public Task AnswerAsync(JsonElement request, string result) =>
        SayAsync($$"""{"jsonrpc":"2.0","id":{{request.GetProperty("id").GetRawText()}},"result":{{result}} }""");

    public void Die()
    {
        _output.Writer.Complete();
        _input.Reader.Complete();
        _exited.TrySetResult();
    }

    public ValueTask DisposeAsync()
    {
        Die();
        return ValueTask.CompletedTask;
    }
}
