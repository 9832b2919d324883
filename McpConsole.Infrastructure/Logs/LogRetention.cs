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
            await TidyAsync(log, stoppingToken);
        }
    }

    private async Task<long> TidyAsync(ServerLog log, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        var before = log.View.FileBytes;
        try
        {
            ForgetDeleted(log);
            CompressClosed(log, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // A full disk, most likely. The segment stays as it is until the next rotation or job; what is too much goes uncompressed.
            Log.CannotTidy(logger, log.Folder, fault);
            DeleteOldest(log, options.Value.BudgetBytes);
        }
        finally
        {
            _one.Release();
        }

        return Math.Max(0, before - log.View.FileBytes);
    }

    private void CompressClosed(ServerLog log, CancellationToken cancellationToken)
    {
        foreach (var segment in log.View.Closed.Where(segment => !segment.IsCompressed))
        {
            DeleteOldest(log, FloodFactor * options.Value.BudgetBytes);
            if (log.View.Closed.Contains(segment))
            {
                var compressed = SegmentCompression.Compress(segment, cancellationToken);
                var unneeded = log.Replace(segment, compressed) ? segment : compressed;
                File.Delete(unneeded.Path);
            }
        }

        // What was closed meanwhile is in the queue.
        if (log.View.Closed.All(segment => segment.IsCompressed))
        {
            DeleteOldest(log, options.Value.BudgetBytes);
        }
    }

    private void DeleteOldest(ServerLog log, long budget)
    {
        var oldest = time.GetUtcNow() - TimeSpan.FromDays(options.Value.MaxDays);
        while (log.View is { Closed: [var segment, ..] } view
            && (view.FileBytes > budget || File.GetLastWriteTimeUtc(segment.Path) < oldest.UtcDateTime))
        {
            log.Replace(segment, by: null);
            File.Delete(segment.Path);
            File.Delete(segment.IndexPath);
        }
    }

    private static void ForgetDeleted(ServerLog log)
    {
        foreach (var segment in log.View.Closed.Where(segment => !File.Exists(segment.Path)))
        {
            log.Replace(segment, by: null);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2010, LogLevel.Warning, "The closed segments in {Folder} cannot be compressed or deleted now.")]
        public static partial void CannotTidy(ILogger logger, string folder, Exception fault);
    }
}
