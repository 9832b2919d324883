using System.Collections.Immutable;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;

namespace McpConsole.Infrastructure.Logs;

/// <inheritdoc/>
/// <remarks>All members may be called from any thread, before the intake is started too: what they ask for is then done when it starts.</remarks>
internal sealed class LogIntake(IntakeLoop loop, ServerLogs logs, DataFolder data, TimeProvider time) : ILogIntake
{
    public static string SpoolFolder(DataFolder data, ServerId server) => Path.Combine(data.Server(server), "spool");

    public SpoolPaths CreateSpool(ServerId server, Guid runId)
    {
        var folder = EnsureFolder(server);
        var paths = SpoolRun.PathsIn(folder, runId);
        var ownerOnly = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        new FileStream(paths.Stdout, ownerOnly).Dispose();
        new FileStream(paths.Stderr, ownerOnly).Dispose();
        return paths;
    }

    public void Attach(ServerId server, Guid runId, ImmutableArray<Secret> secrets)
    {
        // Opened here, so that what goes wrong is the caller's to know.
        var folder = EnsureFolder(server);
        var recovered = logs.Get(server).RecoveredSpools.FirstOrDefault(spool => spool.RunId == runId);
        var run = SpoolRun.Open(folder, runId, recovered, SecretMask.Of(secrets), time);
        loop.Post(() =>
        {
            var intake = loop.Ready(server);
            intake.Attach(run, secrets);
            loop.Watch(intake, folder);
        });
    }

    public ImmutableArray<Guid> FindSpools(ServerId server) => SpoolRun.FindIn(SpoolFolder(data, server));

    public Task DrainAsync(ServerId server, Guid runId, CancellationToken cancellationToken) =>
        OnLoop(
            ended =>
            {
                if (loop.Ready(server).Find(runId) is { } run)
                {
                    run.Drain(ended);
                }
                else if (SpoolRun.Exists(SpoolFolder(data, server), runId))
                {
                    ended.SetException(new InvalidOperationException($"Run {runId} is not attached: its secrets are not known, so it cannot be stored."));
                }
                else
                {
                    ended.SetResult();
                }
            },
            cancellationToken);

    public async Task<ImmutableArray<string>> ReadStderrTailAsync(
        ServerId server, Guid runId, int lines, CancellationToken cancellationToken)
    {
        ImmutableArray<string> tail = [];
        await OnLoop(
            ended =>
            {
                var intake = loop.Ready(server);
                loop.CatchUp(intake);
                tail = intake.Find(runId)?.StderrTail(lines) ?? [];
                ended.SetResult();
            },
            cancellationToken);
        return tail;
    }

    public void Write(ServerId server, LogStream stream, ReadOnlySpan<byte> utf8Line)
    {
        if (!utf8Line.IsEmpty)
        {
            loop.Post(new Note(server, stream, time.GetUtcNow(), utf8Line.ToArray()));
        }
    }

    public Task RemoveAsync(ServerId server, CancellationToken cancellationToken) =>
        OnLoop(
            ended =>
            {
                loop.Remove(server);
                ended.SetResult();
            },
            cancellationToken);

    private async Task OnLoop(Action<TaskCompletionSource> call, CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(() =>
        {
            try
            {
                call(ended);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                ended.TrySetException(fault);
            }
        });
        await ended.Task.WaitAsync(cancellationToken);
    }

    private string EnsureFolder(ServerId server)
    {
        var folder = SpoolFolder(data, server);
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }
}
