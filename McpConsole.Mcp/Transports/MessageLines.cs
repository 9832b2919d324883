namespace McpConsole.Mcp.Transports;

/// <summary>Reads newline-delimited messages from a stream. Single reader.</summary>
/// <param name="limit">The longest line, in bytes.</param>
internal sealed class MessageLines(Stream input, int limit)
{
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private int _searched;

    /// <summary>The next line that is not blank, in memory of its own; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">A line is longer than the limit.</exception>
    public async ValueTask<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            while (TakeLine() is { } line)
            {
                if (line.Length > 0)
                {
                    return line;
                }
            }

            Reserve();
            var read = await input.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                return null;
            }

            _end += read;
        }
    }

    private byte[]? TakeLine()
    {
        var found = _buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
        if (found < 0)
        {
            _searched = _end;
            return null;
        }

        var line = _buffer.AsSpan(_start, _searched + found - _start).Trim(" \t\r"u8).ToArray();
        _start = _searched = _searched + found + 1;
        return line;
    }

    private void Reserve()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_end, _searched, _start) = (_end - _start, _searched - _start, 0);
        }

        if (_end > limit)
        {
            throw new InvalidDataException($"A line is longer than {limit} bytes.");
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
