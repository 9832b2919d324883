using System.Globalization;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Transports;

/// <summary>One legacy client's session: its conversation, and the streams it may come back to.</summary>
internal sealed class HttpSession : IOutlet, IAsyncDisposable
{
    /// <summary>Answered streams are kept for a client that did not get the end; this many of the newest.</summary>
    private const int KeptStreams = 32;

    private const string GeneralName = "0";

    private readonly HttpTransportOptions _options;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, EventLog> _streams = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private int _lastStream;
    private int _uses;
    private long _lastUsed;

    private readonly Action<HttpSession> _end;

    public HttpSession(string id, IMcpEndpoint endpoint, HttpTransportOptions options, bool resumable, Action<HttpSession> end)
    {
        (Id, _options, _end) = (id, options, end);
        _lastUsed = options.Time.GetTimestamp();
        General = NewStream(resumable ? GeneralName : null);
        Conversation = endpoint.Open(this);
    }

    public string Id { get; }

    public IConversation Conversation { get; }

    /// <summary>What belongs to no request: read by GET.</summary>
    public EventLog General { get; }

    /// <summary>How long nothing was asked of it; zero while a request or a stream is open.</summary>
    public TimeSpan Idle => Volatile.Read(ref _uses) > 0 ? TimeSpan.Zero : _options.Time.GetElapsedTime(Volatile.Read(ref _lastUsed));

    public void Send(ReadOnlySpan<byte> message) => General.Append(message);

    public void End() => _end(this);

    public void BeginUse() => Interlocked.Increment(ref _uses);

    public void EndUse()
    {
        Volatile.Write(ref _lastUsed, _options.Time.GetTimestamp());
        Interlocked.Decrement(ref _uses);
    }

    /// <summary>A stream for the answer to one request.</summary>
    public EventLog OpenStream()
    {
        lock (_lock)
        {
            var name = (++_lastStream).ToString(CultureInfo.InvariantCulture);
            var stream = NewStream(name);
            _streams[name] = stream;
            _order.Enqueue(name);
            while (_order.Count > KeptStreams && _streams[_order.Peek()].IsEnded)
            {
                _streams.Remove(_order.Dequeue());
            }

            if (ProtocolVersions.AtLeast(Conversation.ProtocolVersion, ProtocolVersions.LatestLegacy))
            {
                // Tells the client its place before anything else; clients of earlier revisions stumble over the empty data.
                stream.Append([]);
            }

            return stream;
        }
    }

    /// <summary>The stream that an event id belongs to.</summary>
    public EventLog? FindStream(string name)
    {
        lock (_lock)
        {
            return name == GeneralName ? General : _streams.GetValueOrDefault(name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Conversation.DisposeAsync();
        General.End();
        EventLog[] streams;
        lock (_lock)
        {
            streams = [.. _streams.Values];
        }

        foreach (var stream in streams)
        {
            stream.End();
        }
    }

    private EventLog NewStream(string? name) => new(name, _options.ReplayBytes, _options.KeepAlive, _options.Time);
}
