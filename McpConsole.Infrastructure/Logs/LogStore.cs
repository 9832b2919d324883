using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;

namespace McpConsole.Infrastructure.Logs;

/// <inheritdoc/>
/// <remarks>Files are read on the thread pool: a caller may be a page's own dispatcher.</remarks>
internal sealed class LogStore(ServerLogs logs, IntakeLoop intake, LogRetention retention, TimeProvider time) : ILogStore
{
    /// <summary>A follower that is further behind than this skips to the newest lines.</summary>
    private const int FarBehind = 10_000;

    private const int KeptOnSkip = 1_000;

    public string? Fault => intake.Fault;

    public async Task<Result<LogPage>> ReadAsync(ServerId server, LogQuery query, CancellationToken cancellationToken)
    {
        if (!LineFilter.Create(query).TryGet(out var filter, out var error))
        {
            return error;
        }

        return await Task.Run(() => Read(logs.Get(server), query, filter, cancellationToken), cancellationToken);
    }

    public Task<IReadOnlyList<LogLine>> ReadRangeAsync(ServerId server, long firstSequence, int count, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyList<LogLine>>(() => LineReader.Read(logs.Get(server), firstSequence, count), cancellationToken);

    public LogExtent Extent(ServerId server)
    {
        var view = logs.Get(server).View;
        return new LogExtent(view.FirstSequence, view.Count == 0 ? 0 : view.NextSequence - 1, view.FileBytes);
    }

    public Task<long> ApplyRetentionAsync(CancellationToken cancellationToken) =>
        Task.Run(() => retention.TidyAllAsync(cancellationToken), cancellationToken);

    public async IAsyncEnumerable<LogSearchProgress> SearchAsync(
        IReadOnlyCollection<ServerId> servers, LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!LineFilter.Create(query).TryGet(out var filter, out var error))
        {
            yield return new LogSearchProgress([], 0, 0, null) { Error = error };
            yield break;
        }

        using var search = await Task.Run(
            () => new LogSearch(servers.Count > 0 ? servers : logs.All(), logs.Get, query, filter, time), cancellationToken);
        while (await Task.Run(() => search.Step(cancellationToken), cancellationToken) is { } progress)
        {
            yield return progress;
        }
    }

    public async IAsyncEnumerable<LogBatch> FollowAsync(
        ServerId server, long? afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var log = await Task.Run(() => logs.Get(server), cancellationToken);
        using var follower = log.Tail.Join();
        var next = afterSequence + 1 ?? log.View.NextSequence;
        var isLive = afterSequence is null;
        while (true)
        {
            // Asked for before looking, so that what comes in between is not slept through.
            var moved = log.WhenMoved();
            var end = log.View.NextSequence;
            if (next >= end)
            {
                isLive = true;
                await moved.WaitAsync(cancellationToken);
                continue;
            }

            var from = isLive && end - next > FarBehind ? end - KeptOnSkip : next;
            var lines = await Task.Run(() => log.Tail.Read(from), cancellationToken);
            if (lines.Count == 0)
            {
                // Deleted by retention before it was read.
                next = end;
                continue;
            }

            // Lines that retention deleted count as skipped too.
            yield return new LogBatch(lines, lines[0].Sequence - next);
            next = lines[^1].Sequence + 1;
        }
    }

    public async Task CopyRawAsync(ServerId server, Stream destination, CancellationToken cancellationToken)
    {
        var log = logs.Get(server);
        var end = log.View.NextSequence;
        using var cursor = new BlockCursor(log);
        for (var next = 1L; next < end && cursor.LoadFrom(next); next = cursor.EndSequence)
        {
            await destination.WriteAsync(cursor.Memory, cancellationToken);
        }
    }

    private static Result<LogPage> Read(ServerLog log, LogQuery query, LineFilter filter, CancellationToken cancellationToken)
    {
        using var scan = new LogScan(log, query, filter);
        var lines = new List<LogLine>();
        try
        {
            while (scan.Step(lines, query.Limit + 1))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        catch (RegexMatchTimeoutException)
        {
            return LogSearch.TookTooLong(query);
        }

        var more = lines.Count > query.Limit;
        if (more)
        {
            lines.RemoveAt(query.Limit);
        }

        lines.Reverse();
        return new LogPage(lines, more);
    }
}
