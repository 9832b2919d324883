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
        await using var items = source.GetAsyncEnumerator(cancellationToken);
        var batch = new List<T>();
        var next = items.MoveNextAsync().AsTask();
        while (await next)
        {
            do
            {
                batch.Add(items.Current);
                next = items.MoveNextAsync().AsTask();
            }
            while (batch.Count < limit && next.IsCompleted && await next);

            yield return batch;
            batch = [];
            await Task.Delay(interval, time, cancellationToken);
        }
    }
}
