using System.Runtime.CompilerServices;

namespace McpConsole.Domain.State;

/// <summary>Groups a stream into batches, so that a page renders once per batch and not once per item.</summary>
public static class AsyncBatches
{
    /// <summary>
    /// Yields what has arrived, at most one batch per <paramref name="interval"/> and <paramref name="limit"/> items; the first item of
    /// a quiet stream is passed on at once.
    /// </summary>
    public static async IAsyncEnumerable<IReadOnlyList<T>> InBatchesAsync<T>(
        this IAsyncEnumerable<T> source,
        TimeSpan interval,
        TimeProvider time,
        int limit = 10_000,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var items = source.GetAsyncEnumerator(ending.Token);
        var next = items.MoveNextAsync().AsTask();
        try
        {
            while (await next)
            {
                var batch = new List<T>();
                do
                {
                    batch.Add(items.Current);
                    next = items.MoveNextAsync().AsTask();
                }
                while (batch.Count < limit && next.IsCompleted && await next);

                yield return batch;
                await Task.Delay(interval, time, cancellationToken);
            }
        }
        finally
        {
            // A reader that leaves while the source is being waited for: a stream cannot be disposed before that wait has ended.
            await ending.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await items.DisposeAsync();
        }
    }
}
