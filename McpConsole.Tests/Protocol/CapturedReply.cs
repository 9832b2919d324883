using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Tests.Protocol;

/// <summary>Keeps what a server sends back for one request.</summary>
internal sealed class CapturedReply : IReply
{
    private readonly Channel<string> _sent = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource<string?> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int ErrorCode { get; private set; }

    public void Send(ReadOnlySpan<byte> message) => _sent.Writer.TryWrite(Encoding.UTF8.GetString(message)).ShouldBeTrue();

    public void Complete(PooledBuffer response, int errorCode = 0)
    {
        ErrorCode = errorCode;
        _response.TrySetResult(Encoding.UTF8.GetString(response.Span)).ShouldBeTrue();
        response.Dispose();
    }

    public void Abandon() => _response.TrySetResult(null).ShouldBeTrue();

    public void ReleaseConnection(TimeSpan retry)
    {
    }

    public bool HasMore => _sent.Reader.TryPeek(out _);

    public async Task<JsonElement> NextSentAsync() => JsonElement.Parse(await _sent.Reader.ReadAsync(TestContext.Current.CancellationToken));

    public Task<string?> TextAsync() => _response.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public async Task<JsonElement> ResponseAsync() => JsonElement.Parse((await TextAsync()).ShouldNotBeNull());
}
