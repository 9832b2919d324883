using System.Threading.Channels;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Transports;

/// <summary>
/// Writes messages to a stream, one per line, from any number of threads. Sending never waits: messages queue up, and those that have
/// are written in one go.
/// </summary>
internal sealed class LineWriter
{
    private readonly Stream _output;

    /// <summary>Bounded against a reader that has stopped: then sending fails, as it does once the stream is gone.</summary>
    private readonly Channel<PooledBuffer> _queue = Channel.CreateBounded<PooledBuffer>(
        new BoundedChannelOptions(16 * 1024) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public LineWriter(Stream output)
    {
        _output = output;
        Completion = Task.Run(RunAsync);
    }

    /// <summary>Completes when everything is written, or the stream is gone. Never faults.</summary>
    public Task Completion { get; }

    /// <returns>False when the stream is gone or its reader stands still.</returns>
    public bool Send(ReadOnlySpan<byte> message)
    {
        var line = new PooledBuffer();
        line.WriteOnOneLine(message);
        line.Write("\n"u8);
        if (_queue.Writer.TryWrite(line))
        {
            return true;
        }

        line.Dispose();
        return false;
    }

    /// <summary>Nothing more comes; what was sent is still written.</summary>
    public void End() => _queue.Writer.TryComplete();

    private async Task RunAsync()
    {
        using var batch = new PooledBuffer();
        try
        {
            while (await _queue.Reader.WaitToReadAsync())
            {
                while (batch.Length < 64 * 1024 && _queue.Reader.TryRead(out var line))
                {
                    batch.Write(line.Span);
                    line.Dispose();
                }

                await _output.WriteAsync(batch.Memory);
                await _output.FlushAsync();
                batch.Clear();
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            // The reader is gone. Whoever owns the stream learns it from the other direction.
            _queue.Writer.TryComplete();
        }
    }
}
