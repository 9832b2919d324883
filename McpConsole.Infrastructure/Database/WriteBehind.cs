using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpConsole.Infrastructure.Database;

/// <summary>Writes a batch; an entry that is already in the database, from an attempt whose answer was lost, is left alone or replaced.</summary>
internal delegate Task WriteBatch<in T>(ConsoleDbContext context, IReadOnlyList<T> entries, CancellationToken cancellationToken);

/// <summary>
/// Accepts entries at once and brings them to the database in batches, in order, whenever it is there. Entries wait in a journal on disk,
/// so neither a database that is away nor a killed console loses one.
/// </summary>
internal sealed partial class WriteBehind<T>(
    Journal<T> journal,
    WriteBatch<T> write,
    ConsoleDatabase database,
    TimeProvider time,
    ILogger<WriteBehind<T>> logger) : BackgroundService, IPendingWrites
    where T : class
{
    private const int BatchSize = 500;
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_flushLimit = TimeSpan.FromSeconds(5);

    // A wake-up call: one that is not yet heard stands for all.
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _refused;

    public long Pending => journal.Count;

    public long Lost => journal.Lost + Interlocked.Read(ref _refused);

    public string? Fault { get => field ?? journal.Fault; private set; }

    public void Append(T entry)
    {
        journal.Append(entry);
        _wake.Writer.TryWrite(true);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (Pending > 0 && database.State == DatabaseState.Ready)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(s_flushLimit);
            await WritePendingAsync(limit.Token);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        database.Count(this);
        _wake.Writer.TryWrite(true);
        await foreach (var _ in _wake.Reader.ReadAllAsync(stoppingToken))
        {
            await WritePendingAsync(stoppingToken);
        }
    }

    private async Task WritePendingAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && journal.Peek(BatchSize) is { Lines: > 0 } batch)
        {
            try
            {
                await database.WhenReadyAsync(cancellationToken);
                await WriteAsync(batch.Entries, cancellationToken);
                journal.Take(batch);
                Fault = null;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (DatabaseUnavailableException e)
            {
                if (Fault is null)
                {
                    LogWaiting(typeof(T).Name, e.Message);
                }

                Fault = e.Message;
                await Task.Delay(s_retryDelay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WriteAsync(IReadOnlyList<T> entries, CancellationToken cancellationToken)
    {
        try
        {
            await database.RunAsync(
                async (context, token) =>
                {
                    await write(context, entries, token);
                    return true;
                },
                cancellationToken);
        }
        // WHY all: an entry that the database refuses must not hold up those behind it; it is found by writing each alone.
        catch (Exception e) when (e is not (DatabaseUnavailableException or OperationCanceledException))
        {
            if (entries is [_])
            {
                Interlocked.Increment(ref _refused);
                LogRefused(e, typeof(T).Name);
                return;
            }

            foreach (var entry in entries)
            {
                await WriteAsync([entry], cancellationToken);
            }
        }
    }

    [LoggerMessage(6031, LogLevel.Warning, "Entries ({Kind}) wait for the database: {Cause}")]
    private partial void LogWaiting(string kind, string cause);

    [LoggerMessage(6030, LogLevel.Error, "The database refused an entry ({Kind}), which is lost")]
    private partial void LogRefused(Exception exception, string kind);
}
