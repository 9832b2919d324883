using McpConsole.Domain.Logs;

namespace McpConsole.Infrastructure.Logs;

/// <summary>Looks through one log for lines that fit, newest first, one block at a time.</summary>
internal sealed class LogScan(ServerLog log, LogQuery query, LineFilter filter) : IDisposable
{
    private readonly BlockCursor _cursor = new(log);
    private readonly List<LineSpot> _spots = [];
    private long _next = Math.Min(query.Before ?? long.MaxValue, log.View.NextSequence) - 1;
    private bool _started;

    public long TotalBytes { get; } = log.View.FileBytes;

    public long ScannedBytes { get; private set; }

    public DateTimeOffset? ReachedBack { get; private set; }

    /// <summary>Looks through the next older block and adds what fits, newest first, up to <paramref name="limit"/> lines in the list.</summary>
    /// <returns>False when there is no older block, or the list is full.</returns>
    public bool Step(List<LogLine> lines, int limit)
    {
        if (!_started && query.Until is { } until)
        {
            _next = Math.Min(_next, TimeSeek.LastSequenceBefore(log.View, until));
        }

        _started = true;
        if (lines.Count >= limit || !_cursor.LoadBack(_next))
        {
            return false;
        }

        var block = _cursor.Block;
        _spots.Clear();
        filter.Find(block, _cursor.FirstSequence, _spots);
        for (var i = _spots.Count - 1; i >= 0 && lines.Count < limit; i--)
        {
            var spot = _spots[i];
            if (spot.Sequence <= _next)
            {
                lines.Add(LineFormat.Decode(block.Slice(spot.Start, spot.Length), spot.Sequence));
            }
        }

        _next = _cursor.FirstSequence - 1;
        ScannedBytes += _cursor.FileBytes;
        ReachedBack = block.Length >= LineFormat.PrefixLength ? LineFormat.ReadTime(block) : ReachedBack;
        return lines.Count < limit && !(query.Since > ReachedBack);
    }

    public void Dispose() => _cursor.Dispose();
}
