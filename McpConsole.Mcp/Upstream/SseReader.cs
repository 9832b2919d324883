using System.Text;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Upstream;

/// <summary>
/// Reads server-sent events (WHATWG HTML, «Event stream interpretation») from a stream in pieces of any size: lines end in LF, CR LF or CR,
/// data lines are joined by LF, and an event without data is none. Single reader.
/// </summary>
/// <param name="limit">The largest event, in bytes.</param>
internal sealed class SseReader(Stream input, int limit) : IDisposable
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly PooledBuffer _line = new();
    private readonly PooledBuffer _data = new();
    private int _start;
    private int _end;
    private bool _afterCr;
    private bool _isFirstLine = true;
    private string? _event;
    private string? _id;
    private bool _hasData;

    /// <summary>The next event; null at the end of the stream, where one that was not finished is dropped.</summary>
    /// <exception cref="InvalidDataException">An event is larger than the limit.</exception>
    public async ValueTask<SseEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            while (TakeLine())
            {
                if (TakeField() is { } found)
                {
                    return found;
                }
            }

            if (_line.Length + _data.Length > limit)
            {
                throw new InvalidDataException($"An event is larger than {limit} bytes.");
            }

            (_start, _end) = (0, await input.ReadAsync(_buffer, cancellationToken));
            if (_end == 0)
            {
                return null;
            }
        }
    }

    public void Dispose()
    {
        _line.Dispose();
        _data.Dispose();
    }

    private bool TakeLine()
    {
        var piece = _buffer.AsSpan(_start, _end - _start);
        if (_afterCr && piece.Length > 0)
        {
            // The LF of a CR LF that was split between two pieces.
            _afterCr = false;
            if (piece[0] == (byte)'\n')
            {
                piece = piece[1..];
                _start++;
            }
        }

        var found = piece.IndexOfAny((byte)'\n', (byte)'\r');
        if (found < 0)
        {
            _line.Write(piece);
            _start = _end;
            return false;
        }

        _line.Write(piece[..found]);
        _afterCr = piece[found] == (byte)'\r';
        _start += found + 1;
        return true;
    }

    /// <summary>Takes the line just read; an empty one ends the event.</summary>
    private SseEvent? TakeField()
    {
        var line = _line.Span;
        if (_isFirstLine && line.StartsWith(Encoding.UTF8.Preamble))
        {
            line = line[Encoding.UTF8.Preamble.Length..];
        }

        _isFirstLine = false;
        SseEvent? found = null;
        if (line.IsEmpty)
        {
            found = _hasData ? new SseEvent(_event ?? "message", _data.Span.ToArray(), _id) : null;
            _data.Clear();
            (_event, _hasData) = (null, false);
        }
        else
        {
            var colon = line.IndexOf((byte)':');
            var name = colon < 0 ? line : line[..colon];
            var value = colon < 0 ? [] : line[(colon + 1)..];
            value = value.StartsWith(" "u8) ? value[1..] : value;
            if (name.SequenceEqual("data"u8))
            {
                _data.Write(_hasData ? "\n"u8 : []);
                _data.Write(value);
                _hasData = true;
            }
            else if (name.SequenceEqual("event"u8))
            {
                _event = Encoding.UTF8.GetString(value);
            }
            else if (name.SequenceEqual("id"u8) && !value.Contains((byte)0))
            {
                _id = Encoding.UTF8.GetString(value);
            }
        }

        _line.Clear();
        return found;
    }
}

/// <param name="Id">Of this or the last event before it that had one.</param>
internal sealed record SseEvent(string Type, byte[] Data, string? Id);
