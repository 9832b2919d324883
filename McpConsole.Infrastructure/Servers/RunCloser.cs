using System.Collections.Immutable;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Processes;
using Microsoft.Extensions.Logging;

namespace McpConsole.Infrastructure.Servers;

/// <summary>Keeps the history of runs: begun, and ended with the last words of each.</summary>
internal sealed partial class RunCloser(ILogIntake intake, IRunStore runs, RunFiles files, TimeProvider time, ILogger<RunCloser> logger)
{
    private const int TailLines = 20;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public void Open(ServerRun run)
    {
        if (run.Info is { } info)
        {
            runs.Record(new RunRecord(run.Definition.Id, info, run.CommandLine, null));
        }
    }

    /// <summary>Nothing was started: the attempt is kept all the same.</summary>
    public void RecordFailure(ServerDefinition server, LaunchPlan? plan, ExitInfo exit)
    {
        var info = new RunInfo(Guid.NewGuid(), 0, 0, exit.At, plan?.Port);
        runs.Record(new RunRecord(server.Id, info, plan is null ? "" : ShellLine.Format(plan), exit));
    }

    /// <summary>The run's process is gone: the next console must not look for it.</summary>
    public void Forget(ServerRun run) => files.Delete(run.Definition.Id);

    /// <summary>Reads the last of its standard error and records its end; the rest of its output goes into the log behind our back.</summary>
    public async Task<ExitInfo> CloseAsync(ServerRun run, ExitInfo exit)
    {
        if (run.Info is not { } info)
        {
            return exit;
        }

        var server = run.Definition.Id;
        var closed = exit with { StderrTail = await ReadTailAsync(server, info.RunId) };
        runs.Record(new RunRecord(server, info, run.CommandLine, closed));
        Drain(server, info.RunId);
        return closed;
    }

    /// <summary>Nobody waits for it: on a full disk it takes until there is room again.</summary>
    public void Drain(ServerId server, Guid runId) => _ = GuardAsync(() => intake.DrainAsync(server, runId, CancellationToken.None), server);

    private async Task<ImmutableArray<string>> ReadTailAsync(ServerId server, Guid runId)
    {
        ImmutableArray<string> tail = [];
        await GuardAsync(
            async () =>
            {
                using var patience = new CancellationTokenSource(s_patience, time);
                tail = await intake.ReadStderrTailAsync(server, runId, TailLines, patience.Token);
            },
            server);
        return tail;
    }

    // Whatever keeps the log from going on, a full disk or a fault of its own, must not keep a server from being stopped or restarted.
    private async Task GuardAsync(Func<Task> work, ServerId server)
    {
        try
        {
            await work();
        }
        catch (Exception fault)
        {
            LogTailLost(server, fault.Message);
        }
    }

    [LoggerMessage(1020, LogLevel.Warning, "Server {Server}: the end of its output could not be taken into its log: {Reason}")]
    private partial void LogTailLost(ServerId server, string reason);
}
