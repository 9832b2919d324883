using System.Text.RegularExpressions;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;

namespace McpConsole.Infrastructure.Logs;

/// <summary>
/// A search over several logs. The next block is always taken from the log that has been looked at least far back, so that hits come
/// roughly newest first over all of them.
/// </summary>
internal sealed class LogSearch : IDisposable
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_regexLimit = TimeSpan.FromSeconds(20);

    private readonly List<(ServerId Server, LogScan Scan)> _scans = [];
    private readonly List<ServerId> _unreadable = [];
    private readonly PriorityQueue<(ServerId Server, LogScan Scan), long> _open = new();
    private readonly LogQuery _query;
    private readonly LineFilter _filter;
    private readonly TimeProvider _time;
    private readonly long _started;
    private int _hits;
    private bool _ended;

    /// <param name="open">Throws for a log that cannot be read, which is then passed over.</param>
    public LogSearch(IEnumerable<ServerId> servers, Func<ServerId, ServerLog> open, LogQuery query, LineFilter filter, TimeProvider time)
    {
        (_query, _filter, _time, _started) = (query, filter, time, time.GetTimestamp());
        foreach (var server in servers.Distinct())
        {
            try
            {
                _scans.Add((server, new LogScan(open(server), query, filter)));
            }
            catch (Exception fault) when (IsUnreadable(fault))
            {
                _unreadable.Add(server);
            }
        }

        _open.EnqueueRange(_scans.Select(scan => (scan, long.MinValue)));
    }

    public static Error TookTooLong(LogQuery query) =>
        new("logs.search_timeout", ErrorKind.Timeout, "The search for «{0}» took longer than allowed. Narrow it by time or use plain text.", query.Text);

    /// <summary>Searches on for a moment; null when the search is over.</summary>
    public LogSearchProgress? Step(CancellationToken cancellationToken)
    {
        if (_ended)
        {
            return null;
        }

        var began = _time.GetTimestamp();
        var hits = new List<LogHit>();
        Error? error = null;
        try
        {
            while (!_ended && _time.GetElapsedTime(began) < s_step)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ScanBlock(hits);
            }
        }
        catch (RegexMatchTimeoutException)
        {
            (error, _ended) = (TookTooLong(_query), true);
        }

        if (!_ended && _filter.UsesRegex && _time.GetElapsedTime(_started) > s_regexLimit)
        {
            (error, _ended) = (TookTooLong(_query), true);
        }

        return new LogSearchProgress(
            hits, _scans.Sum(each => each.Scan.ScannedBytes), _scans.Sum(each => each.Scan.TotalBytes), _scans.Min(each => each.Scan.ReachedBack))
        {
            Error = error,
            Unreadable = [.. _unreadable],
        };
    }

    public void Dispose() => _scans.ForEach(each => each.Scan.Dispose());

    private void ScanBlock(List<LogHit> hits)
    {
        if (!_open.TryDequeue(out var next, out _))
        {
            _ended = true;
            return;
        }

        var lines = new List<LogLine>();
        try
        {
            if (next.Scan.Step(lines, _query.Limit - _hits))
            {
                _open.Enqueue(next, -(next.Scan.ReachedBack?.UtcTicks ?? 0));
            }
        }
        catch (Exception fault) when (IsUnreadable(fault))
        {
            _unreadable.Add(next.Server);
        }

        hits.AddRange(lines.Select(line => new LogHit(next.Server, line)));
        _hits += lines.Count;
        _ended = _hits >= _query.Limit || _open.Count == 0;
    }

    private static bool IsUnreadable(Exception fault) => fault is IOException or UnauthorizedAccessException or InvalidDataException;
}
