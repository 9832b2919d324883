using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace McpConsole.Infrastructure.Database;

/// <summary>
/// The one way to the database: every read and write of the console goes through <see cref="RunAsync{T}"/>, which waits for the start,
/// retries what is worth it, and turns the database's absence into one exception and one state. Thread-safe.
/// </summary>
internal sealed partial class ConsoleDatabase(
    IDbContextFactory<ConsoleDbContext> contexts,
    DatabaseAddress address,
    TimeProvider time,
    ILogger<ConsoleDatabase> logger) : IDatabaseStatus
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly List<IPendingWrites> _writers = [];
    private string? _message = "It is being started.";
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _trouble = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DatabaseState State { get; private set; }

    public DateTimeOffset Since { get; private set; } = time.GetUtcNow();

    public string? Message => _message ?? Writers.Select(writer => writer.Fault).FirstOrDefault(fault => fault is not null);

    public string Description => address.Description;

    public long Pending => Writers.Sum(writer => writer.Pending);

    public long Lost => Writers.Sum(writer => writer.Lost);

    /// <summary>Completes when work found the database away.</summary>
    public Task Trouble
    {
        get
        {
            lock (_lock)
            {
                return _trouble.Task;
            }
        }
    }

    private IPendingWrites[] Writers
    {
        get
        {
            lock (_lock)
            {
                return [.. _writers];
            }
        }
    }

    public Task WhenReadyAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _ready.Task.WaitAsync(cancellationToken);
        }
    }

    public void Count(IPendingWrites writer)
    {
        lock (_lock)
        {
            _writers.Add(writer);
        }
    }

    /// <summary>Runs work on a context of its own; it may run again after a passing failure, on a new one.</summary>
    /// <exception cref="DatabaseUnavailableException">The database is away: at once when that is known, after the retries when it is news.</exception>
    public async Task<T> RunAsync<T>(Func<ConsoleDbContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await WaitForStartAsync(cancellationToken);
        try
        {
            await using var outer = await contexts.CreateDbContextAsync(cancellationToken);
            return await outer.Database.CreateExecutionStrategy().ExecuteAsync(
                async token =>
                {
                    await using var context = await contexts.CreateDbContextAsync(token);
                    return await work(context, token);
                },
                cancellationToken);
        }
        catch (Exception e) when (Absence(e) is { } cause)
        {
            lock (_lock)
            {
                _trouble.TrySetResult();
            }

            throw new DatabaseUnavailableException(cause.Message, e);
        }
    }

    public void BecomeReady()
    {
        if (Enter(DatabaseState.Ready, null))
        {
            LogReady(Description);
        }
    }

    public void BecomeUnavailable(Exception cause)
    {
        if (Enter(DatabaseState.Unavailable, cause.Message))
        {
            LogUnavailable(cause.Message);
        }
    }

    /// <summary>The failure that says the database cannot be reached, and not that a statement is wrong; null for any other.</summary>
    public static Exception? Absence(Exception exception) => exception switch
    {
        DatabaseUnavailableException => exception,
        // Answers of a server that is starting, stopping or full.
        PostgresException { SqlState: ['5', '7', 'P', ..] or ['5', '3', ..] or ['0', '8', ..] } => exception,
        PostgresException => null,
        NpgsqlException or System.Net.Sockets.SocketException or EndOfStreamException or TimeoutException => exception,
        RetryLimitExceededException or DbUpdateException or InvalidOperationException when exception.InnerException is { } inner => Absence(inner),
        _ => null,
    };

    private async Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        if (State == DatabaseState.Starting)
        {
            try
            {
                await WhenReadyAsync(cancellationToken).WaitAsync(s_patience, time, cancellationToken);
            }
            catch (TimeoutException e)
            {
                throw new DatabaseUnavailableException("It is still being started.", e);
            }
        }

        if (State == DatabaseState.Unavailable)
        {
            throw new DatabaseUnavailableException(Message ?? "It does not answer.");
        }
    }

    private bool Enter(DatabaseState state, string? message)
    {
        lock (_lock)
        {
            if (_trouble.Task.IsCompleted)
            {
                _trouble = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            _message = message;
            if (State == state)
            {
                return false;
            }

            (State, Since) = (state, time.GetUtcNow());
            if (state == DatabaseState.Ready)
            {
                _ready.TrySetResult();
            }
            else
            {
                _ready = _ready.Task.IsCompleted ? new(TaskCreationOptions.RunContinuationsAsynchronously) : _ready;
            }

            return true;
        }
    }

    [LoggerMessage(6010, LogLevel.Information, "The database is ready: {Description}")]
    private partial void LogReady(string description);

    [LoggerMessage(6011, LogLevel.Error, "The database is away, and is tried again until it is back; what happens meanwhile is kept: {Cause}")]
    private partial void LogUnavailable(string cause);
}
