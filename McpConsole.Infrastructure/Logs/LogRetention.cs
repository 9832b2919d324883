using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpConsole.Infrastructure.Logs;

/// <summary>
/// Compresses closed segments and deletes the oldest ones, in the background and one log at a time: after each rotation, and over all
/// logs when a job asks for it.
/// </summary>
internal sealed partial class LogRetention(
    ServerLogs logs, IOptions<LogOptions> options, TimeProvider time, ILogger<LogRetention> logger) : BackgroundService
{
    /// <summary>
    /// Compressing can fall behind a flood: until it has caught up a log may take this many times its share, so that lines are not deleted
    /// that would fit in it compressed.
    /// </summary>
    private const int FloodFactor = 4;

    // What does not fit is dropped: the job over all logs comes to it.
    private readonly Channel<ServerLog> _rotated = Channel.CreateBounded<ServerLog>(
        new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Asks for a log to be looked at soon; never waits.</summary>
    public void Tidy(ServerLog log) => _rotated.Writer.TryWrite(log);

    /// <summary>Looks at all logs.</summary>
    /// <returns>The bytes freed.</returns>
    public async Task<long> TidyAllAsync(CancellationToken cancellationToken)
    {
        var freed = 0L;
        foreach (var server in logs.All())
        {
            freed += await TidyAsync(logs.Get(server), cancellationToken);
        }

        return freed;
    }

    public override void Dispose()
    {
        base.Dispose();
        _one.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var log in _rotated.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await TidyAsync(log, stoppingToken);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                // The segment stays as it is until the next rotation or job.
                Log.CannotTidy(logger, log.Folder, fault);
            }
        }
    }

    private async Task<long> TidyAsync(ServerLog log, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var freed = 0L;
            foreach (var segment in log.View.Closed.Where(segment => !segment.IsCompressed))
            {
                freed += DeleteOldest(log, FloodFactor * options.Value.BudgetBytes);
                freed += Compress(log, segment, cancellationToken);
            }

            // What was closed meanwhile is in the queue.
            var caughtUp = log.View.Closed.All(segment => segment.IsCompressed);
            return freed + (caughtUp ? DeleteOldest(log, options.Value.BudgetBytes) : 0);
        }
        finally
        {
            _one.Release();
        }
    }

    private static long Compress(ServerLog log, Segment segment, CancellationToken cancellationToken)
    {
        if (!log.View.Closed.Contains(segment))
        {
            return 0;
        }

        var compressed = SegmentCompression.Compress(segment, cancellationToken);
        var unneeded = log.Replace(segment, compressed) ? segment : compressed;
        File.Delete(unneeded.Path);
        return segment.FileLength - compressed.FileLength;
    }

    private long DeleteOldest(ServerLog log, long budget)
    {
        var freed = 0L;
        var oldest = (time.GetUtcNow() - TimeSpan.FromDays(options.Value.MaxDays)).UtcTicks;
        while (log.View is { Closed: [var segment, ..] } view && (view.FileBytes > budget || segment.Index.LastTicks < oldest))
        {
            log.Replace(segment, by: null);
            File.Delete(segment.Path);
            File.Delete(segment.IndexPath);
            freed += segment.FileLength;
        }

        return freed;
    }

    private static partial class Log
    {
        [LoggerMessage(2010, LogLevel.Warning, "The closed segments in {Folder} cannot be compressed or deleted now.")]
        public static partial void CannotTidy(ILogger logger, string folder, Exception fault);
    }
}
