using System.Collections.Immutable;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Processes;
using Microsoft.Extensions.Logging;

namespace McpConsole.Infrastructure.Servers;

/// <summary>
/// Finds what an earlier console left running: a run that can go on is adopted, everything else of the server is ended, so that no
/// program runs twice.
/// </summary>
internal sealed partial class RunRecovery(
    RunFiles files, ExitWatcher exits, RunSweeper sweeper, ILogIntake intake, RunCloser closer, TimeProvider time, ILogger<RunRecovery> logger)
{
    /// <summary>Every process of this machine that carries our marks, from one pass over /proc.</summary>
    public static ILookup<ServerId, MarkedProcess> FindMarked() => ProcessTable.Pids
        .Select(pid => ProcessTable.ReadMark(pid) is { } mark && ProcessStat.Read(pid) is { IsZombie: false } stat ? new MarkedProcess(mark, stat) : null)
        .OfType<MarkedProcess>()
        .ToLookup(p => p.Mark.Server);

    /// <summary>True when the server runs on under <paramref name="actor"/>.</summary>
    public async Task<bool> RecoverAsync(ServerDefinition definition, ServerActor actor, IEnumerable<MarkedProcess> marked)
    {
        var processes = marked.ToList();
        var file = files.Read(definition.Id);
        var leader = file is null ? null : FindLeader(file, processes);
        var adopts = leader is not null && !file!.HoldsStreams && definition.Transport != McpTransport.Stdio && definition.Launch is not RemoteLaunch;
        if (adopts)
        {
            await actor.AdoptAsync(file!, leader!);
        }

        await SweepAsync(definition, processes.Select(p => p.Mark.Run).Distinct().Where(run => !adopts || run != file!.RunId), processes);
        if (file is not null && !adopts)
        {
            await CloseAsync(definition, file, leader);
        }

        // Runs that had ended before, and whose last lines the earlier console did not get to store.
        foreach (var run in intake.FindSpools(definition.Id).Where(run => run != file?.RunId))
        {
            intake.Attach(definition.Id, run, StoredSecrets.Of(definition).All);
            closer.Drain(definition.Id, run);
        }

        return adopts;
    }

    // The file names the process; where the console was killed before it could, the leader of the marked session is the one.
    private LiveProcess? FindLeader(RunFile file, List<MarkedProcess> marked)
    {
        var (pid, startTicks) = (file.Pid ?? 0, file.StartTicks ?? 0);
        if (file.Pid is null && marked.Where(p => p.Mark.Run == file.RunId && p.Stat.Session == p.Stat.Pid).MinBy(p => p.Stat.StartTicks) is { } found)
        {
            (pid, startTicks) = (found.Stat.Pid, found.Stat.StartTicks);
        }

        if (pid == 0 || file.BootId != ProcessTable.BootId)
        {
            return null;
        }

        // Watched first, checked after: a number cannot pass to another process in between without the watch ending.
        var exited = exits.WatchAsync(pid);
        return ProcessTable.IsAlive(pid, startTicks) ? new LiveProcess(file.RunId, pid, startTicks, file.StartedAt, exited) : null;
    }

    private async Task SweepAsync(ServerDefinition definition, IEnumerable<Guid> runs, List<MarkedProcess> processes)
    {
        foreach (var run in runs)
        {
            var oldest = processes.Where(p => p.Mark.Run == run).MinBy(p => p.Stat.StartTicks)!.Stat;
            var left = new LiveProcess(run, oldest.Session, oldest.StartTicks, time.GetUtcNow(), Task.FromResult(default(ExitStatus)));
            LogSwept(definition.Name, await sweeper.SweepAsync(left), run);
        }
    }

    private async Task CloseAsync(ServerDefinition definition, RunFile file, LiveProcess? leader)
    {
        if (leader is not null)
        {
            await sweeper.SweepAsync(leader);
        }

        files.Delete(definition.Id);
        intake.Attach(definition.Id, file.RunId, StoredSecrets.Of(definition).All);
        var info = new RunInfo(file.RunId, file.Pid ?? 0, file.StartTicks ?? 0, file.StartedAt, file.Port);
        var run = new ServerRun(definition, new Uri("about:blank")) { Id = file.RunId, LaunchedAt = file.StartedAt, Info = info, CommandLine = file.CommandLine };
        var reason = leader is null ? ExitReason.Unseen : ExitReason.Stopped;
        _ = closer.CloseAsync(run, new ExitInfo(time.GetUtcNow(), reason, null, null, ImmutableArray<string>.Empty));
    }

    [LoggerMessage(1004, LogLevel.Information, "Server {Name}: ended {Count} processes that an earlier console left, run {Run}.")]
    private partial void LogSwept(string name, int count, Guid run);
}

/// <summary>A process with our marks in its environment.</summary>
internal sealed record MarkedProcess(RunMark Mark, ProcessStat Stat);
