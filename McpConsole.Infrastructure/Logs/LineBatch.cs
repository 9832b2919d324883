using McpConsole.Domain.Logs;

namespace McpConsole.Infrastructure.Logs;

/// <summary>
/// Stored lines on their way to disk in one write. Made once and used over and over by the intake's thread.
/// </summary>
internal sealed class LineBatch
{
    private readonly byte[] _buffer;
    private readonly int _limit;
    private readonly List<BlockMark> _marks = [];
    private readonly byte[] _prefix = new byte[LineFormat.PrefixLength];

    /// <param name="limit">No line is added to a batch beyond this size, unless it is the only one.</param>
    public LineBatch(long limit)
    {
        _limit = (int)Math.Min(limit, 512 * 1024);
        _buffer = GC.AllocateUninitializedArray<byte>(Math.Max(_limit, Room(LineCutter.LineLimit, masked: true)));
    }

    public int Length { get; private set; }

    public int Lines { get; private set; }

    public long LastTicks { get; private set; }

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, Length);

    /// <summary>Where blocks may begin, counted from the batch's first line and byte; the first line is always one.</summary>
    public IReadOnlyList<BlockMark> Marks => _marks;

    /// <summary>Whether a line did not find room.</summary>
    public bool IsFull { get; private set; }

    /// <param name="lastTicks">The UTC time of the log's newest line; no line is stamped with an earlier one.</param>
    public void Clear(long lastTicks)
    {
        (Length, Lines, LastTicks, IsFull) = (0, 0, lastTicks, false);
        _marks.Clear();
    }

    /// <summary>Says what the lines added next are stamped with.</summary>
    public void Stamp(DateTimeOffset time, LogStream stream)
    {
        LastTicks = Math.Max(LastTicks, time.UtcTicks);
        LineFormat.WritePrefix(_prefix, new DateTimeOffset(LastTicks, TimeSpan.Zero), stream);
    }

    /// <returns>False when there is no room left: store the batch, clear it, and add the line again.</returns>
    public bool TryAdd(ReadOnlySpan<byte> text, bool continues, SecretMask? mask)
    {
        var limit = Length == 0 ? _buffer.Length : _limit;
        if (Length + Room(text.Length, mask is not null) > limit)
        {
            IsFull = true;
            return false;
        }

        if (_marks.Count == 0 || Length - _marks[^1].Offset >= BlockMark.BlockSize)
        {
            _marks.Add(new BlockMark(Lines, LastTicks, Length, Length));
        }

        var line = _buffer.AsSpan(Length);
        _prefix.CopyTo(line);
        if (continues)
        {
            LineFormat.MarkContinued(line);
        }

        var written = text.Length;
        if (mask is null)
        {
            text.CopyTo(line[LineFormat.PrefixLength..]);
        }
        else
        {
            written = mask.Apply(text, line[LineFormat.PrefixLength..]);
        }

        line[LineFormat.PrefixLength + written] = (byte)'\n';
        Length += LineFormat.PrefixLength + written + 1;
        Lines++;
        return true;
    }

    private static int Room(int text, bool masked) => LineFormat.PrefixLength + (masked ? text * SecretMask.Growth : text) + 1;
}
