using System.Collections.Concurrent;
using System.Text;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Transports;

/// <summary>MCP over standard input and output: one client, both eras, until the input ends.</summary>
public sealed class StdioServer
{
    private const int LineLimit = 64 * 1024 * 1024;

    private readonly IMcpEndpoint _endpoint;
    private readonly MessageLines _lines;
    private readonly LineWriter _writer;
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _modern = new(StringComparer.Ordinal);

    public StdioServer(McpServer server, Stream input, Stream output) =>
        (_endpoint, _lines, _writer) = (server, new MessageLines(input, LineLimit), new LineWriter(output));

    /// <summary>Serves until the input ends or the token is cancelled; then cancels what is under way and writes what was answered.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var conversation = _endpoint.Open(new Outlet(_writer));
        try
        {
            // A read of standard input cannot be cancelled: when asked to stop, it is left behind.
            while (await _lines.ReadAsync(CancellationToken.None).AsTask().WaitAsync(cancellationToken) is { } line)
            {
                Take(conversation, line);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }

        foreach (var request in _modern.Values)
        {
            await request.CancelAsync();
        }

        _writer.End();
        await _writer.Completion;
    }

    private void Take(IConversation conversation, byte[] line)
    {
        RpcMessage message;
        try
        {
            message = RpcMessage.Parse(line);
        }
        catch (McpException fault)
        {
            using var error = RpcFrames.Error([], fault.Code, fault.Message);
            _writer.Send(error.Span);
            return;
        }

        if (!message.IsRequest)
        {
            if (message.Method == RpcMethods.Cancelled && _modern.TryGetValue(Encoding.UTF8.GetString(message[message.RequestId].Span), out var request))
            {
                request.Cancel();
                return;
            }

            conversation.Accept(message);
        }
        else if (message.ModernVersion.Exists)
        {
            HandleModern(message);
        }
        else
        {
            conversation.Handle(message, new Reply(_writer, null));
        }
    }

    private void HandleModern(RpcMessage message)
    {
        var id = message[message.Id];
        var version = message.Text(message.ModernVersion);
        if (version != ProtocolVersions.Modern)
        {
            var fault = ProtocolVersions.Unsupported(version);
            using var error = RpcFrames.Error(id.Span, fault.Code, fault.Message, fault.Details.Span);
            _writer.Send(error.Span);
            return;
        }

        var key = Encoding.UTF8.GetString(id.Span);
        var cancellation = new CancellationTokenSource();
        _modern[key] = cancellation;
        _endpoint.Handle(message, new Reply(_writer, () => _modern.TryRemove(key, out _)), cancellation.Token);
    }

    private sealed class Outlet(LineWriter writer) : IOutlet
    {
        public void Send(ReadOnlySpan<byte> message) => writer.Send(message);

        public void End() => writer.End();
    }

    private sealed class Reply(LineWriter writer, Action? ended) : IReply
    {
        public void Send(ReadOnlySpan<byte> message) => writer.Send(message);

        public void Complete(PooledBuffer response, int errorCode = 0)
        {
            ended?.Invoke();
            writer.Send(response.Span);
            response.Dispose();
        }

        public void Abandon() => ended?.Invoke();

        public void ReleaseConnection(TimeSpan retry)
        {
        }
    }
}
