using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace McpConsole.Infrastructure.Database;

/// <summary>
/// Brings the database up, brings its schema up to date, watches it, and starts over when it goes away. The console does not wait for it.
/// Registered first, so that it stops last: what others write while they stop still arrives.
/// </summary>
internal sealed partial class DatabaseLifetime(
    ConsoleDatabase database,
    DatabaseAddress address,
    PrivatePostgres postgres,
    NpgsqlDataSource source,
    IDbContextFactory<ConsoleDbContext> contexts,
    TimeProvider time,
    ILogger<DatabaseLifetime> logger) : BackgroundService
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_lookInterval = TimeSpan.FromSeconds(5);

    private bool _migrated;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (address.IsPrivate)
        {
            source.Clear();
            await postgres.StopAsync();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var delay = s_firstDelay;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await BringUpAsync(stoppingToken);
                database.BecomeReady();
                delay = s_firstDelay;
                await WatchAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // WHY all: whatever keeps the database from coming up, the console goes on without it and tries again.
            catch (Exception e)
            {
                LogAttemptFailed(e);
                database.BecomeUnavailable(ConsoleDatabase.Absence(e) ?? e);
                source.Clear();
            }

            await Task.Delay(delay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delay = delay * 2 < s_longestDelay ? delay * 2 : s_longestDelay;
        }
    }

    private async Task BringUpAsync(CancellationToken cancellationToken)
    {
        if (address.IsPrivate)
        {
            await postgres.EnsureRunningAsync(cancellationToken);
        }

        if (!_migrated)
        {
            // EF Core holds a lock in the database meanwhile: of several consoles that start at once, one migrates.
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            context.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
            await context.Database.MigrateAsync(cancellationToken);
            _migrated = true;
        }
        else
        {
            await PingAsync(cancellationToken);
        }
    }

    /// <summary>Returns never; throws what is wrong.</summary>
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.WhenAny(database.Trouble, postgres.Exited, Task.Delay(s_lookInterval, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            if (address.IsPrivate && !postgres.IsRunning)
            {
                throw new DatabaseUnavailableException($"The private PostgreSQL in {postgres.Folder} ended, and is started again.");
            }

            await PingAsync(cancellationToken);
            database.BecomeReady();
        }
    }

    private async Task PingAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("SELECT 1");
        command.CommandTimeout = 5;
        await command.ExecuteScalarAsync(cancellationToken);
    }

    [LoggerMessage(6020, LogLevel.Debug, "An attempt to bring the database up failed")]
    private partial void LogAttemptFailed(Exception exception);
}
