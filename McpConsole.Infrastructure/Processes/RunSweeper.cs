using Microsoft.Extensions.Logging;

namespace McpConsole.Infrastructure.Processes;

/// <summary>
/// Ends whatever a run left behind: processes of its session or group, and those that carry its mark because they moved to another
/// session or were re-parented. Runs that ask at the same time share one pass over /proc.
/// </summary>
internal sealed partial class RunSweeper(TimeProvider time, ILogger<RunSweeper> logger)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private List<Request> _waiting = [];
    private bool _passing;

    /// <summary>Kills until a pass finds nothing. Gives up on what the kernel cannot end (stuck in a driver or on a dead file share).</summary>
    /// <returns>How many processes it ended.</returns>
    public async Task<int> SweepAsync(LiveProcess run)
    {
        var started = time.GetTimestamp();
        var total = 0;
        for (var pause = TimeSpan.FromMilliseconds(5); ; pause *= 2)
        {
            var found = await PassAsync(run);
            if (found == 0)
            {
                return total;
            }

            total = Math.Max(total, found ?? 0);
            if (time.GetElapsedTime(started) > s_limit)
            {
                LogLeft(run.RunId, found);
                return total;
            }

            await Task.Delay(pause < s_limit / 100 ? pause : s_limit / 100, TimeProvider.System);
        }
    }

    private Task<int?> PassAsync(LiveProcess run)
    {
        var request = new Request(run);
        lock (_lock)
        {
            _waiting.Add(request);
            if (!_passing)
            {
                _passing = true;
                _ = Task.Run(RunPasses);
            }
        }

        return request.Found.Task;
    }

    private void RunPasses()
    {
        while (true)
        {
            List<Request> requests;
            lock (_lock)
            {
                requests = _waiting;
                _waiting = [];
                _passing = requests.Count > 0;
            }

            if (requests.Count == 0)
            {
                return;
            }

            Pass(requests);
        }
    }

    private static void Pass(List<Request> requests)
    {
        try
        {
            // A descendant is never older than the leader: most of the machine is passed over without a look at its environment.
            var oldest = requests.Min(r => r.Process.StartTicks);
            foreach (var pid in ProcessTable.Pids)
            {
                if (ProcessStat.Read(pid) is { IsZombie: false } stat && stat.StartTicks >= oldest && Owner(requests, stat) is { } owner)
                {
                    owner.Count++;
                    Kill(owner, stat);
                }
            }

            requests.ForEach(r => r.Found.SetResult(r.Count));
        }
        catch (IOException)
        {
            // Out of descriptors: nothing is known, and the next pass may do better.
            requests.ForEach(r => r.Found.TrySetResult(null));
        }
    }

    private static Request? Owner(List<Request> requests, ProcessStat stat)
    {
        var bySession = requests.Find(r => r.HoldsItsNumber && (stat.Session == r.Process.Pid || stat.Group == r.Process.Pid));
        return bySession ?? (ProcessTable.ReadMark(stat.Pid) is { } mark ? requests.Find(r => r.Process.RunId == mark.Run) : null);
    }

    // The descriptor pins the process: between the look and the signal its number cannot pass to another.
    private static void Kill(Request owner, ProcessStat seen)
    {
        var pidfd = Libc.PidfdOpen(seen.Pid);
        if (pidfd < 0)
        {
            return;
        }

        if (ProcessStat.Read(seen.Pid) is { } now && now.StartTicks == seen.StartTicks && owner.Process.StartTicks <= now.StartTicks)
        {
            _ = Libc.PidfdSendSignal(pidfd, Libc.SigKill);
        }

        _ = Libc.Close(pidfd);
    }

    [LoggerMessage(1500, LogLevel.Warning, "Run {RunId}: {Count} processes (none: unknown) were killed and do not end; the kernel holds them.")]
    private partial void LogLeft(Guid runId, int? count);

    private sealed class Request(LiveProcess process)
    {
        public LiveProcess Process { get; } = process;

        public TaskCompletionSource<int?> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Count { get; set; }

        /// <summary>False when the leader's number has passed to a younger process, whose session is no affair of ours.</summary>
        public bool HoldsItsNumber { get; } = ProcessStat.Read(process.Pid) is not { } leader || leader.StartTicks == process.StartTicks;
    }
}
