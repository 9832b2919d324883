namespace McpConsole.Runner;

/// <summary>
/// Keeps an idle process small. The collector waits until a good part of the processor's cache is filled with garbage, on a large machine
/// hundreds of megabytes, and a server with nothing to do never gets there: it would keep the garbage of its last work for good.
/// </summary>
internal static class Memory
{
    /// <summary>Garbage that is worth a collection.</summary>
    private const long Worthwhile = 2 << 20;

    /// <summary>What a server that does nothing allocates in a period; under work, a collection of everything would only hold it up.</summary>
    private const long Quiet = 64 << 10;

    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(2);

    /// <summary>Completes when it is cancelled.</summary>
    public static async Task KeepSmallAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_period, time);
        var (collected, last) = (0L, 0L);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var allocated = GC.GetTotalAllocatedBytes();
                if (allocated - collected > Worthwhile && allocated - last < Quiet)
                {
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                    collected = allocated;
                }

                last = allocated;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }
}
