namespace McpConsole.Infrastructure.Processes;

/// <summary>Ends a run: asks the whole group, waits, kills the group, then sweeps what escaped it.</summary>
internal sealed class RunStopper(RunSweeper sweeper, TimeProvider time)
{
    /// <summary>Completes when nothing of the run is left.</summary>
    /// <param name="grace">How long the group has from SIGTERM to SIGKILL.</param>
    public async Task<ExitStatus> StopAsync(LiveProcess process, TimeSpan grace)
    {
        using var patience = new CancellationTokenSource(grace, time);
        SignalGroup(process, Libc.SigTerm);

        // A process that was stopped (SIGSTOP) hears of the request only when it goes on.
        SignalGroup(process, Libc.SigContinue);
        try
        {
            await process.Exited.WaitAsync(patience.Token);
            await GroupEndedAsync(process.Pid, patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            SignalGroup(process, Libc.SigKill);
        }

        var status = await process.Exited;
        await sweeper.SweepAsync(process);
        return status;
    }

    private static void SignalGroup(LiveProcess process, int signal)
    {
        // While the leader lives, or any of its group does, the kernel gives the number to no one else.
        if (!process.Exited.IsCompleted || GroupLives(process.Pid))
        {
            _ = Libc.Kill(-process.Pid, signal);
        }
    }

    // A wrapper (npx, a shell) ends first; what it started has the rest of the grace to finish its work.
    private static async Task GroupEndedAsync(int group, CancellationToken patience)
    {
        for (var pause = 2.0; GroupLives(group); pause = Math.Min(100, pause * 2))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(pause), TimeProvider.System, patience);
        }
    }

    // A group of zombies still takes signals: the table tells whether anything in it lives.
    private static bool GroupLives(int group) =>
        Libc.Kill(-group, 0) == 0 && ProcessTable.Pids.Any(pid => ProcessStat.Read(pid) is { IsZombie: false } stat && stat.Group == group);
}
