namespace McpConsole.Runner;

/// <summary>
/// Keeps the process as small as its work. Left alone, the collector waits until a good part of the processor's cache is filled with
/// garbage, hundreds of megabytes on a large machine; and it keeps what reading a large document took.
/// </summary>
internal static class Memory
{
    private const long Worthwhile = 4 << 20;

    /// <summary>Under such a load the collector runs by itself, and giving memory back would only mean fetching it again.</summary>
    private const long Busy = 64 << 20;

    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);

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
                if (allocated - collected > Worthwhile && allocated - last < Busy)
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
