using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Processes;
using Microsoft.Extensions.Logging;

namespace McpConsole.Infrastructure.Servers;

/// <summary>The part that launches runs and decides what follows their end. All of it runs in the mailbox.</summary>
internal sealed partial class ServerActor
{
    private readonly RestartBackoff _backoff = new(Random.Shared.NextDouble);
    private IRunSource? _source;
    private int _sourceRevision;
    private volatile ServerRun? _run;
    private CancellationTokenSource? _backoffTimer;
    private Task _closing = Task.CompletedTask;

    private async Task LaunchAsync()
    {
        Volatile.Write(ref _launches, _launches + 1);
        Report(ServerEventKind.Starting, null, "Starting");
        var definition = _snapshot.Definition;
        if (_source is null || _sourceRevision != definition.Revision)
        {
            await CloseSourceAsync();
            if (!_parts.Sources.Create(definition, new RunObserver(OnConnectionsChanged, sample => _mailbox.TryPost(() => OnSampledAsync(_run, sample)))).TryGet(out _source, out var refused))
            {
                await OnLaunchFailedAsync(refused);
                return;
            }

            _sourceRevision = definition.Revision;
            Want(_shallRun);
        }

        if ((await TryLaunchAsync(_source)).TryGet(out var run, out var error))
        {
            Begin(run);
        }
        else
        {
            await OnLaunchFailedAsync(error);
        }
    }

    private async Task<Result<ServerRun>> TryLaunchAsync(IRunSource source)
    {
        try
        {
            return await source.LaunchAsync(CancellationToken.None);
        }
        catch (Exception fault)
        {
            // A full disk, or a fault in an adapter: a server must not hang in its start for that, it is tried again later.
            LogLaunchFault(fault, _snapshot.Name);
            return ServerErrors.LaunchFault(_snapshot.Name, fault.Message);
        }
    }

    private void Begin(ServerRun run)
    {
        _run = run;
        Publish(s => s with { Run = run.Info, Url = run.Url.ToString(), Connections = run.Bridge?.Connections });
        _parts.Closer.Open(run);
        if (run.Process is { } process)
        {
            run.Sampling = _parts.Sampler.Watch(_snapshot.Id, process.Pid, sample => _mailbox.TryPost(() => OnSampledAsync(run, sample)));
            _ = AwaitExitAsync(run, process);
        }

        _ = LookAsync(run);
    }

    private async Task AwaitExitAsync(ServerRun run, LiveProcess process)
    {
        var status = await process.Exited;
        await _mailbox.PostAsync(() => OnExitedAsync(run, status));
    }

    private Task OnExitedAsync(ServerRun run, ExitStatus status) => run != _run
        ? Task.CompletedTask
        : EndedAsync(run, status, status.Signal is not null ? ExitReason.Signalled : status.Code is not null ? ExitReason.Exited : ExitReason.Unseen, null);

    /// <summary>The console ends the run, by a decision of its own.</summary>
    private async Task EndAsync(ServerRun run, ExitReason reason, Error? error = null)
    {
        Detach(run);
        await EndedAsync(run, await _source!.StopAsync(run), reason, error);
    }

    private async Task EndedAsync(ServerRun run, ExitStatus status, ExitReason reason, Error? error)
    {
        Detach(run);
        await _source!.CleanUpAsync(run);
        _parts.Closer.Forget(run);
        var exit = new ExitInfo(status.At, reason, status.Code, status.SignalName, []);
        var how = Describe(reason, status);
        Report(ServerEventKind.Exited, run, "Process {0} {1}", run.Info?.Pid, how);
        var rule = _snapshot.Definition.Restart;
        var finished = reason == ExitReason.Exited && status.Code == 0 && rule.Policy != RestartPolicy.Always;
        var outcome = new RunOutcome(run.Answered, status.At - run.LaunchedAt, reason == ExitReason.Signalled && status.KilledFromOutside);
        var delay = finished || rule.Policy == RestartPolicy.Never ? null : _backoff.Next(outcome, status.At, rule.MaxRetries);
        if (delay == TimeSpan.Zero)
        {
            // The reading of its last words must not hold up the next run.
            _closing = Task.WhenAll(_closing, CloseLaterAsync(run, exit));
            RunLost(exit, delay.Value, new Health(HealthLevel.Unhealthy, HealthCause.Exited, how, status.At), null);
            await RelaunchAsync();
            return;
        }

        exit = await _parts.Closer.CloseAsync(run, exit);
        var failure = error ?? ServerErrors.Exited(_snapshot.Name, how, exit.StderrTail is [.., var last] ? last : null);
        await DecideAsync(exit, finished, delay, new Health(HealthLevel.Unhealthy, CauseOf(reason), how, status.At), failure);
    }

    private async Task OnLaunchFailedAsync(Error error)
    {
        var now = _parts.Time.GetUtcNow();
        var exit = new ExitInfo(now, ExitReason.LaunchFailed, null, null, []);
        var rule = _snapshot.Definition.Restart;

        // A missing program does not appear by trying again; a taken port becomes free.
        var hopeless = error.Kind == ErrorKind.Failed || rule.Policy == RestartPolicy.Never;
        var delay = hopeless ? null : _backoff.Next(new RunOutcome(false, TimeSpan.Zero, false), now, rule.MaxRetries);
        var cause = error.Kind == ErrorKind.Conflict ? HealthCause.PortTaken : HealthCause.LaunchFailed;
        _parts.Closer.RecordFailure(_snapshot.Definition, _parts.Sources.Preview(_snapshot.Definition), exit);
        Report(ServerEventKind.Exited, null, "{0}", error.Message);
        await DecideAsync(exit, finished: false, delay, new Health(HealthLevel.Unhealthy, cause, error.Message, now), error);
    }

    private async Task DecideAsync(ExitInfo exit, bool finished, TimeSpan? delay, Health health, Error error)
    {
        if (delay is { } wait)
        {
            RunLost(exit, wait, health, error);
            _ = AwaitBackoffAsync(exit.At + wait - _parts.Time.GetUtcNow());
            return;
        }

        await CloseSourceAsync();
        if (finished)
        {
            Enter(LifecycleTrigger.RunFinished, s => Ended(s, exit) with { Health = Health.NotRunning });
            Report(ServerEventKind.Stopped, null, "Finished");
            Want(false);
        }
        else
        {
            var spent = _backoff.FailedStarts > _snapshot.Definition.Restart.MaxRetries && _snapshot.Definition.Restart.Policy != RestartPolicy.Never;
            error = spent ? ServerErrors.GivenUp(_snapshot.Name, _backoff.FailedStarts, error.Message) : error;
            health = spent ? health with { Cause = HealthCause.BudgetSpent } : health;
            Enter(LifecycleTrigger.GivenUp, s => Ended(s, exit) with { Health = health, Error = error });
            Report(ServerEventKind.Failed, null, "{0}", error.Message);
        }

        Settle(error);
    }

    private void RunLost(ExitInfo exit, TimeSpan delay, Health health, Error? error)
    {
        Enter(
            LifecycleTrigger.RunLost,
            s => Ended(s, exit) with { Health = health, Error = error, NextStartAt = exit.At + delay, RestartCount = s.RestartCount + 1 });
        if (delay == TimeSpan.Zero)
        {
            Report(ServerEventKind.Restarting, null, "Starts again at once");
        }
        else
        {
            Report(ServerEventKind.Restarting, null, "Starts again in {0} s", Math.Round(delay.TotalSeconds, 1));
        }

        if (error is not null)
        {
            Settle(error);
        }
    }

    private static ServerSnapshot Ended(ServerSnapshot snapshot, ExitInfo exit) =>
        snapshot with { Run = null, Url = null, LastExit = exit, Resources = null, Connections = null };

    private async Task AwaitBackoffAsync(TimeSpan wait)
    {
        var timer = _backoffTimer = new CancellationTokenSource();
        try
        {
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _parts.Time, timer.Token);
            await _mailbox.PostAsync(() => _backoffTimer == timer ? RelaunchAsync() : Task.CompletedTask);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested)
        {
            // Someone started or stopped it before.
        }
    }

    private Task RelaunchAsync()
    {
        CancelBackoff();
        Enter(LifecycleTrigger.BackoffElapsed, s => s with { Health = Health.Starting, NextStartAt = null });
        return LaunchAsync();
    }

    private void CancelBackoff()
    {
        _backoffTimer?.Cancel();
        _backoffTimer = null;
    }

    private async Task CloseLaterAsync(ServerRun run, ExitInfo exit)
    {
        var closed = await _parts.Closer.CloseAsync(run, exit);
        _mailbox.TryPost(() =>
        {
            if (_snapshot.LastExit == exit)
            {
                Publish(s => s with { LastExit = closed });
            }

            return Task.CompletedTask;
        });
    }

    private async Task CloseRunAsync(ServerRun run, ExitInfo exit)
    {
        _parts.Closer.Forget(run);
        var closed = await _parts.Closer.CloseAsync(run, exit);
        Publish(s => s with { LastExit = closed });
    }

    private void Detach(ServerRun run)
    {
        run.Dispose();
        _run = null;
    }

    private async Task CloseSourceAsync()
    {
        if (_source is { } source)
        {
            _source = null;
            await source.DisposeAsync();
        }
    }

    private static HealthCause CauseOf(ExitReason reason) => reason switch
    {
        ExitReason.MemoryLimit => HealthCause.MemoryLimit,
        ExitReason.StartTimeout or ExitReason.Unresponsive => HealthCause.NoAnswer,
        _ => HealthCause.Exited,
    };

    private static string Describe(ExitReason reason, ExitStatus status) => reason switch
    {
        ExitReason.MemoryLimit => "used more memory than allowed and was ended",
        ExitReason.StartTimeout => "did not answer in time and was ended",
        ExitReason.Unresponsive => "did not answer any more and was ended",
        _ => status.ToString(),
    };

    [LoggerMessage(1005, LogLevel.Error, "Server {Name} could not be launched.")]
    private partial void LogLaunchFault(Exception fault, string name);
}
