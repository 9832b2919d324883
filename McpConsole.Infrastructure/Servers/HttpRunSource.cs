using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Processes;

namespace McpConsole.Infrastructure.Servers;

/// <summary>Servers that listen on a port of their own.</summary>
internal sealed class HttpRunSource(ServerDefinition definition, LaunchPlan plan, RunSourceParts parts) : IRunSource
{
    public async Task<Result<ServerRun>> LaunchAsync(CancellationToken cancellationToken)
    {
        if (PortAllocator.Check(plan.Port!.Value) is { } taken)
        {
            return taken;
        }

        var runId = Guid.NewGuid();
        var spool = parts.Intake.CreateSpool(definition.Id, runId);
        var line = ShellLine.Format(plan);
        var file = new RunFile(runId, ProcessTable.BootId, null, null, parts.Time.GetUtcNow(), plan.Port, definition.Revision, line, HoldsStreams: false);
        parts.Files.Write(definition.Id, file);
        parts.Intake.Attach(definition.Id, runId, StoredSecrets.Of(definition).All);
        if (!(await parts.Launcher.LaunchAsync(plan, definition.Id, runId, spool)).TryGet(out var process, out var error))
        {
            parts.Files.Delete(definition.Id);
            parts.Closer.Drain(definition.Id, runId);
            return error;
        }

        parts.Files.Write(definition.Id, file with { Pid = process.Pid, StartTicks = process.StartTicks, StartedAt = process.StartedAt });
        return new ServerRun(definition, plan.Url!)
        {
            Id = runId,
            LaunchedAt = process.StartedAt,
            Process = process,
            Info = new RunInfo(runId, process.Pid, process.StartTicks, process.StartedAt, plan.Port),
            CommandLine = line,
        };
    }

    /// <summary>Takes over a run of an earlier console, and reads on in its spool.</summary>
    public ServerRun Adopt(RunFile file, LiveProcess process)
    {
        parts.Intake.Attach(definition.Id, file.RunId, StoredSecrets.Of(definition).All);
        return new ServerRun(definition, plan.Url!)
        {
            Id = file.RunId,
            LaunchedAt = file.StartedAt,
            Process = process,
            Info = new RunInfo(file.RunId, process.Pid, process.StartTicks, file.StartedAt, file.Port, Adopted: true),
            CommandLine = file.CommandLine,
        };
    }

    public Task<ExitStatus> StopAsync(ServerRun run) => parts.Stopper.StopAsync(run.Process!, parts.Options.StopGrace);

    public Task CleanUpAsync(ServerRun run) => parts.Sweeper.SweepAsync(run.Process!);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
