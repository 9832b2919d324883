using System.Collections.Immutable;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;

namespace McpConsole.Web.Logs;

/// <summary>Searches all that is stored, newest first, and tells how far it is. Can be cancelled; a new search ends the one before.</summary>
public sealed class LogSearchPresenter(ILogStore logs, Func<Task> changed) : IAsyncDisposable
{
    /// <summary>More hits than these help nobody; narrowing the search does.</summary>
    public const int MaxHits = 500;

    private readonly List<LogHit> _hits = [];
    private CancellationTokenSource? _running;

    public IReadOnlyList<LogHit> Hits => _hits;

    public bool IsRunning => _running is not null;

    /// <summary>Whether a search was made at all.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>From 0 to 1.</summary>
    public double Progress { get; private set; }

    public DateTimeOffset? ReachedBack { get; private set; }

    /// <summary>Why it ended before it was through.</summary>
    public Error? Error { get; private set; }

    /// <summary>Servers whose logs could not be read.</summary>
    public ImmutableArray<ServerId> Unreadable { get; private set; } = [];

    public async Task SearchAsync(IReadOnlyCollection<ServerId> servers, LogQuery query)
    {
        await CancelAsync();
        _hits.Clear();
        (IsOpen, Progress, ReachedBack, Error, Unreadable) = (true, 0, null, null, []);
        using var running = _running = new CancellationTokenSource();
        try
        {
            await foreach (var step in logs.SearchAsync(servers, query with { Limit = MaxHits }, running.Token))
            {
                _hits.AddRange(step.Hits.Take(MaxHits - _hits.Count));
                Progress = step.TotalBytes == 0 ? 1 : (double)step.ScannedBytes / step.TotalBytes;
                ReachedBack = step.ReachedBack ?? ReachedBack;
                Error = step.Error;
                Unreadable = step.Unreadable;
                await changed();
                if (_hits.Count >= MaxHits)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (running.IsCancellationRequested)
        {
            // The reader pressed Cancel, or searches for something else.
        }
        finally
        {
            _running = _running == running ? null : _running;
        }
    }

    public async Task CancelAsync()
    {
        if (_running is { } running)
        {
            _running = null;
            await running.CancelAsync();
        }
    }

    public async Task CloseAsync()
    {
        await CancelAsync();
        IsOpen = false;
    }

    public async ValueTask DisposeAsync() => await CancelAsync();
}
