using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Transports;

/// <summary>
/// The answer to one POST. It is a single JSON body unless something comes before the response: then it is a stream of events from there
/// on. Whoever answers never waits; the HTTP request waits for <see cref="StartedAsync"/>.
/// </summary>
/// <param name="openStream">Makes the stream when it is needed.</param>
/// <param name="preferStream">The client would rather have a stream than a JSON body.</param>
internal sealed class HttpReply(Func<EventLog> openStream, bool preferStream) : IReply
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _started;
    private bool _isStarted;

    /// <summary>Set once it is a stream.</summary>
    public EventLog? Stream { get; private set; }

    /// <summary>Set once it is a single body; the HTTP request disposes it.</summary>
    public PooledBuffer? Body { get; private set; }

    public int ErrorCode { get; private set; }

    /// <summary>Completes when it is known which form the answer has.</summary>
    public Task StartedAsync()
    {
        lock (_lock)
        {
            return _isStarted ? Task.CompletedTask : (_started ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public void Send(ReadOnlySpan<byte> message) => UseStream()?.Append(message);

    public void Complete(PooledBuffer response, int errorCode = 0)
    {
        lock (_lock)
        {
            if (Stream is null && !_isStarted && !preferStream)
            {
                (Body, ErrorCode) = (response, errorCode);
                Start();
                return;
            }
        }

        if (UseStream() is { } stream)
        {
            stream.Append(response.Span);
            stream.End();
        }

        response.Dispose();
    }

    public void Abandon() => UseStream()?.End();

    public void ReleaseConnection(TimeSpan retry) => UseStream()?.Release(retry);

    /// <summary>Null when it was answered already.</summary>
    private EventLog? UseStream()
    {
        lock (_lock)
        {
            if (Stream is null && !_isStarted)
            {
                Stream = openStream();
                Start();
            }

            return Stream;
        }
    }

    private void Start()
    {
        _isStarted = true;
        _started?.TrySetResult();
    }
}
