using System.Threading.Channels;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Processes;
using Microsoft.Extensions.Logging;

namespace McpConsole.Infrastructure.Servers;

/// <summary>
/// Supervises one server. Everything that happens to it passes through one mailbox, so that any number of commands, exits, timers and
/// looks at its health never overlap, and there is never more than one run. This part takes commands.
/// </summary>
internal sealed partial class ServerActor : IAsyncDisposable
{
    private readonly ActorParts _parts;
    private readonly ILogger _logger;
    private readonly Mailbox _mailbox;
    private volatile ServerSnapshot _snapshot;
    private bool _shallRun;
    private int _launches;

    /// <summary>Completed when the present start has come to a result; whoever waits for the start waits for this.</summary>
    private TaskCompletionSource<Result<ServerSnapshot>> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ServerActor(StoredServer server, ActorParts parts)
    {
        (_parts, _logger) = (parts, parts.Logger);
        _mailbox = new Mailbox(parts.Logger);
        _shallRun = server.ShallRun;
        _snapshot = new ServerSnapshot { Definition = server.Definition, Version = 1, Since = parts.Time.GetUtcNow() };
        parts.Catalog.Publish(_snapshot);
    }

    public ServerSnapshot Snapshot => _snapshot;

    /// <summary>Completes when the server answers or its start failed; at once where <paramref name="wait"/> is false.</summary>
    public Task<Result<ServerSnapshot>> StartAsync(bool wait, CancellationToken cancellationToken) =>
        CommandAsync(StartNowAsync, wait, cancellationToken);

    /// <summary>A restart that a launch after the call has already made true is not made again: twenty at once are one or two.</summary>
    public Task<Result<ServerSnapshot>> RestartAsync(bool wait, CancellationToken cancellationToken)
    {
        var asked = Volatile.Read(ref _launches);
        return CommandAsync(() => RestartNowAsync(asked), wait, cancellationToken);
    }

    public Task<Result<ServerSnapshot>> StopAsync(bool wait, CancellationToken cancellationToken) => CommandAsync(
        async () =>
        {
            // First the wish: a console that is killed while it stops a server must not start it again.
            Want(false);
            await StopNowAsync();
            return Task.FromResult<Result<ServerSnapshot>>(_snapshot);
        },
        wait,
        cancellationToken);

    /// <summary>A running server goes on as it is until its next launch. False when it has been deleted.</summary>
    public Task<bool> UpdateAsync(ServerDefinition definition) => _mailbox.RunAsync(() =>
    {
        Publish(s => s with { Definition = definition });
        _parts.Wishes.KeepLocally(definition, _shallRun);
        return Task.CompletedTask;
    });

    /// <summary>Takes up what the console before this one left running.</summary>
    public Task AdoptAsync(RunFile file, LiveProcess process) => _mailbox.RunAsync(() =>
    {
        (_source, var run) = _parts.Sources.Adopt(_snapshot.Definition, file, process);
        _sourceRevision = file.Revision;
        Enter(LifecycleTrigger.Adopted, s => s with { Health = Health.Starting });
        Report(ServerEventKind.Adopted, run, "Found running from before, process {0}", process.Pid);
        Begin(run);
        return Task.CompletedTask;
    });

    /// <summary>Looks at it now.</summary>
    public async Task<Health> CheckHealthAsync(CancellationToken cancellationToken)
    {
        if (_run is not { } run)
        {
            return _snapshot.Health;
        }

        var result = await _parts.Probe.ProbeAsync(run.Target(_parts.Options.ProbeTimeout), cancellationToken);
        await _mailbox.RunAsync(() => OnLookedAsync(run, result));
        return _snapshot.Health;
    }

    /// <summary>Stops it for good; its last snapshot says that it is deleted.</summary>
    public async Task DeleteAsync()
    {
        await _mailbox.RunAsync(async () =>
        {
            await StopNowAsync();
            await _closing;
            Publish(s => s with { Deleted = true });
        });
        await _mailbox.DisposeAsync();
    }

    /// <summary>The console stops: what can go on without it does where that is wanted. What shall run is not changed.</summary>
    public async Task ShutDownAsync(bool keep)
    {
        await _mailbox.PostAsync(async () =>
        {
            if (keep && _run is { OutlivesConsole: true } run)
            {
                run.Dispose();
                _run = null;
            }
            else
            {
                await StopNowAsync();
            }

            await _closing;
        });
        await _mailbox.DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await _mailbox.DisposeAsync();

    private async Task<Result<ServerSnapshot>> CommandAsync(Func<Task<Task<Result<ServerSnapshot>>>> command, bool wait, CancellationToken cancellationToken)
    {
        if (!wait)
        {
            return await _mailbox.PostAsync(command) ? _snapshot : Closed();
        }

        try
        {
            // Cancelling ends the waiting, not the command.
            var outcome = await _mailbox.AskAsync(command).WaitAsync(cancellationToken);
            return await outcome.WaitAsync(cancellationToken);
        }
        catch (ChannelClosedException)
        {
            return Closed();
        }
    }

    private Error Closed() => _snapshot.Deleted ? ServerErrors.NotFound(_snapshot.Name) : ServerErrors.ShuttingDown();

    private async Task<Task<Result<ServerSnapshot>>> StartNowAsync()
    {
        Want(true);
        if (_snapshot.State is Lifecycle.Stopped or Lifecycle.Failed or Lifecycle.BackingOff)
        {
            CancelBackoff();
            _backoff.Reset();
            await CloseSourceAsync();
            Enter(LifecycleTrigger.StartRequested, s => s with { Health = Health.Starting, RestartCount = 0, NextStartAt = null, Error = null });
            await LaunchAsync();
        }

        return _settled.Task;
    }

    private async Task<Task<Result<ServerSnapshot>>> RestartNowAsync(int asked)
    {
        if (_launches > asked && _snapshot.State is Lifecycle.Starting or Lifecycle.Running)
        {
            return _settled.Task;
        }

        await StopNowAsync();
        return await StartNowAsync();
    }

    private async Task StopNowAsync()
    {
        if (_snapshot.State is Lifecycle.Stopped or Lifecycle.Failed)
        {
            return;
        }

        CancelBackoff();
        Enter(LifecycleTrigger.StopRequested, s => s with { NextStartAt = null });
        Settle(ServerErrors.Interrupted(_snapshot.Name));
        if (_run is { } run)
        {
            Report(ServerEventKind.Stopping, run, "Stopping");
            Detach(run);
            var status = await _source!.StopAsync(run);
            await CloseRunAsync(run, new ExitInfo(status.At, ExitReason.Stopped, status.Code, status.SignalName, []));
        }

        await CloseSourceAsync();
        Enter(LifecycleTrigger.StopCompleted, s => s with { Run = null, Url = null, Health = Health.NotRunning, Resources = null, Connections = null, Error = null });
        Report(ServerEventKind.Stopped, null, "Stopped");
    }

    private void Want(bool shallRun)
    {
        _shallRun = shallRun;
        _parts.Wishes.Keep(_snapshot.Definition, shallRun);
    }

    private void Enter(LifecycleTrigger trigger, Func<ServerSnapshot, ServerSnapshot> change)
    {
        var next = ServerTransitions.Next(_snapshot.State, trigger)
            ?? throw new InvalidOperationException($"A server that is {_snapshot.State} knows no {trigger}.");
        if (next == Lifecycle.Starting)
        {
            _settled = new TaskCompletionSource<Result<ServerSnapshot>>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        Publish(s => change(s) with { State = next, Since = _parts.Time.GetUtcNow() });
    }

    private void Publish(Func<ServerSnapshot, ServerSnapshot> change)
    {
        _snapshot = change(_snapshot) with { Version = _snapshot.Version + 1 };
        _parts.Catalog.Publish(_snapshot);
    }

    private void Settle(Result<ServerSnapshot> result) => _settled.TrySetResult(result);

    private void Report(ServerEventKind kind, ServerRun? run, string format, params IReadOnlyList<object?> arguments) =>
        _parts.Reporter.Report(_snapshot.Definition, kind, run?.Id, format, arguments);
}
