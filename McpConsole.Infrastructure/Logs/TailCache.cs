using McpConsole.Domain.Logs;

namespace McpConsole.Infrastructure.Logs;

/// <summary>
/// The newest lines of a log, decoded once for all who follow it; nothing is decoded while nobody does. What is no longer here is read
/// from disk by the one who is behind.
/// </summary>
internal sealed class TailCache(ServerLog log)
{
    private const int MaximalLines = 10_000;
    private const int BatchLines = 1_000;

    private readonly Lock _lock = new();
    private readonly Queue<LogLine[]> _batches = new();
    private int _followers;
    private int _count;
    private long _first;
    private long _next;

    /// <summary>Keeps the cache while someone follows; dispose what is returned when done.</summary>
    public IDisposable Join()
    {
        Interlocked.Increment(ref _followers);
        return new Follower(this);
    }

    /// <summary>Lines from a sequence on, which the log must have reached; a batch at most.</summary>
    public IReadOnlyList<LogLine> Read(long sequence)
    {
        lock (_lock)
        {
            if (sequence >= _next)
            {
                Extend(sequence);
            }

            if (sequence >= _first && sequence < _next)
            {
                return Slice(sequence);
            }
        }

        return LineReader.Read(log, sequence, BatchLines);
    }

    private void Extend(long sequence)
    {
        var lines = LineReader.Read(log, sequence, BatchLines);
        if (lines.Count == 0)
        {
            return;
        }

        if (lines[0].Sequence != _next)
        {
            _batches.Clear();
            (_count, _first) = (0, lines[0].Sequence);
        }

        _batches.Enqueue([.. lines]);
        (_count, _next) = (_count + lines.Count, lines[^1].Sequence + 1);
        while (_count > MaximalLines)
        {
            var oldest = _batches.Dequeue();
            (_count, _first) = (_count - oldest.Length, oldest[^1].Sequence + 1);
        }
    }

    private IReadOnlyList<LogLine> Slice(long sequence)
    {
        foreach (var batch in _batches)
        {
            if (sequence <= batch[^1].Sequence)
            {
                var skip = (int)Math.Max(0, sequence - batch[0].Sequence);
                return skip == 0 ? batch : new ArraySegment<LogLine>(batch, skip, batch.Length - skip);
            }
        }

        return [];
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _followers) > 0)
        {
            return;
        }

        lock (_lock)
        {
            _batches.Clear();
            (_count, _first, _next) = (0, 0, 0);
        }
    }

    private sealed class Follower(TailCache cache) : IDisposable
    {
        public void Dispose() => cache.Leave();
    }
}
