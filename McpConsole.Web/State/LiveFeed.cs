using McpConsole.Domain.State;

namespace McpConsole.Web.State;

/// <summary>Runs a change of a component's state and renders it once, on the component's own dispatcher.</summary>
internal delegate Task Dispatch(Action change);

/// <summary>
/// Follows a stream on behalf of one component: what arrives within 100 ms is applied in one dispatch, so that a page renders ten times
/// a second at most, however much happens. Disposing ends it.
/// </summary>
internal sealed class LiveFeed : IAsyncDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;

    private LiveFeed(Func<CancellationToken, Task> read) => _reading = read(_stop.Token);

    public static LiveFeed Start<T>(Func<CancellationToken, IAsyncEnumerable<T>> source, TimeProvider time, Dispatch dispatch, Action<IReadOnlyList<T>> apply) =>
        new(async cancellationToken =>
        {
            try
            {
                await foreach (var batch in source(cancellationToken).InBatchesAsync(Interval, time, cancellationToken: cancellationToken))
                {
                    await dispatch(() => apply(batch));
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The component went away.
            }
        });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
    }
}
