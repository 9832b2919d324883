using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace McpConsole.Mcp.Transports;

/// <summary>
/// One stream of server-sent events: what was sent on it is kept, within a limit, and written to the connection that reads it now. A
/// client that lost its connection reads on from the last event it got. Appending never waits. Thread-safe; one connection at a time,
/// a newer one takes over.
/// </summary>
/// <param name="name">Begins each event's id; null for a stream that cannot be resumed, whose events have none.</param>
internal sealed class EventLog(string? name, int capacity, TimeSpan keepAlive, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Queue<byte[]> _events = new();
    private long _first = 1;
    private long _bytes;
    private bool _ended;
    private int _connection;
    private int _released;
    private TimeSpan _retry;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Whether everything was sent that will be.</summary>
    public bool IsEnded
    {
        get
        {
            lock (_lock)
            {
                return _ended;
            }
        }
    }

    /// <param name="message">Empty for an event that only tells the client where it stands.</param>
    public void Append(ReadOnlySpan<byte> message)
    {
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            _events.Enqueue(message.ToArray());
            _bytes += message.Length;
            while (_bytes > capacity && _events.Count > 1)
            {
                _bytes -= _events.Dequeue().Length;
                _first++;
            }

            Signal();
        }
    }

    public void End()
    {
        lock (_lock)
        {
            _ended = true;
            Signal();
        }
    }

    /// <summary>Ends the connection that reads now, or else the first one, after what was sent so far, and tells its client when to come back.</summary>
    public void Release(TimeSpan retry)
    {
        lock (_lock)
        {
            (_released, _retry) = (Math.Max(_connection, 1), retry);
            Signal();
        }
    }

    /// <summary>Writes every event after <paramref name="after"/>, those to come included, until the stream or the connection ends.</summary>
    public async Task PumpAsync(PipeWriter body, long after, CancellationToken cancellationToken)
    {
        var next = after + 1;
        var connection = TakeOver();
        while (true)
        {
            var (wait, more) = Write(body, connection, ref next);
            var flushed = await body.FlushAsync(cancellationToken);
            if (!more || flushed.IsCompleted)
            {
                return;
            }

            try
            {
                await wait.WaitAsync(keepAlive, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                body.Write(":\n\n"u8);
            }
        }
    }

    /// <summary>The place of an event in the stream by the client's Last-Event-ID, <c>NAME-NUMBER</c>.</summary>
    public static bool TryParseId(string? id, out string stream, out long number)
    {
        var dash = id?.LastIndexOf('-') ?? -1;
        stream = dash > 0 ? id![..dash] : "";
        number = 0;
        return dash > 0 && long.TryParse(id.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private int TakeOver()
    {
        lock (_lock)
        {
            Signal();
            return ++_connection;
        }
    }

    /// <summary>Writes what is there, all in one go.</summary>
    private (Task Wait, bool More) Write(PipeWriter body, int connection, ref long next)
    {
        lock (_lock)
        {
            if (_connection != connection)
            {
                return (Task.CompletedTask, false);
            }

            var number = _first;
            foreach (var message in _events)
            {
                if (number >= next)
                {
                    WriteEvent(body, number, message);
                }

                number++;
            }

            next = Math.Max(next, number);
            if (_released == connection)
            {
                body.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {(long)_retry.TotalMilliseconds}\n\n")));
            }

            return (_changed.Task, !_ended && _released != connection);
        }
    }

    private void WriteEvent(PipeWriter body, long number, ReadOnlySpan<byte> message)
    {
        Span<byte> digits = stackalloc byte[20];
        if (name is not null)
        {
            body.Write("id: "u8);
            body.Write(Encoding.ASCII.GetBytes(name));
            body.Write("-"u8);
            number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
            body.Write(digits[..length]);
            body.Write("\n"u8);
        }

        WriteData(body, message);
    }

    /// <summary>A line break within the message begins another data line: readers put it back.</summary>
    private static void WriteData(PipeWriter body, ReadOnlySpan<byte> message)
    {
        if (!message.IsEmpty)
        {
            body.Write("event: message\n"u8);
        }

        while (message.IndexOfAny((byte)'\n', (byte)'\r') is var line and >= 0)
        {
            body.Write("data: "u8);
            body.Write(message[..line]);
            body.Write("\n"u8);
            message = message[(line + 1)..];
        }

        body.Write("data: "u8);
        body.Write(message);
        body.Write("\n\n"u8);
    }

    private void Signal()
    {
        var changed = _changed;
        _changed = NewSignal();
        changed.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
