using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using Microsoft.Extensions.Logging;

namespace McpConsole.Infrastructure.Servers;

/// <summary>The part that looks at the present run: whether it answers, what it uses.</summary>
internal sealed partial class ServerActor
{
    private static readonly TimeSpan s_firstLook = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_slowestStartLook = TimeSpan.FromMilliseconds(250);

    // Quick looks until the first answer, then one every interval.
    private async Task LookAsync(ServerRun run)
    {
        var (time, options) = (_parts.Time, _parts.Options);
        var since = time.GetTimestamp();
        var (answered, timedOut) = (false, false);
        try
        {
            for (var pause = s_firstLook; ;)
            {
                await Task.Delay(pause, time, run.Ended);
                var left = options.StartTimeout - time.GetElapsedTime(since);
                var patience = answered || left > options.ProbeTimeout || left <= TimeSpan.Zero ? options.ProbeTimeout : left;
                var result = await ProbeAsync(run, patience);
                answered |= result.Answered;
                await _mailbox.PostAsync(() => OnLookedAsync(run, result));
                if (!answered && !timedOut && time.GetElapsedTime(since) >= options.StartTimeout)
                {
                    timedOut = true;
                    await _mailbox.PostAsync(() => OnStartTimedOutAsync(run));
                }

                pause = answered || timedOut ? options.HealthInterval : pause < s_slowestStartLook / 2 ? pause * 2 : s_slowestStartLook;
            }
        }
        catch (OperationCanceledException) when (run.Ended.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    private async Task<ProbeResult> ProbeAsync(ServerRun run, TimeSpan patience)
    {
        try
        {
            return await _parts.Probe.ProbeAsync(run.Target(patience), run.Ended);
        }
        catch (Exception fault) when (!run.Ended.IsCancellationRequested)
        {
            // A fault in the probe must not end the looking: it counts as no answer.
            LogProbeFault(fault, _snapshot.Name);
            return new ProbeResult(new Health(HealthLevel.Unhealthy, HealthCause.NoAnswer, fault.Message, _parts.Time.GetUtcNow()), null);
        }
    }

    private async Task OnLookedAsync(ServerRun run, ProbeResult result)
    {
        if (run != _run)
        {
            return;
        }

        run.LastLook = result;
        if (!result.Answered)
        {
            await OnUnansweredAsync(run, result.Health);
            return;
        }

        run.FailedLooks = 0;
        var (before, tools) = (_snapshot.Health, _snapshot.ToolCount);
        if (!run.Answered)
        {
            run.Answered = true;
            Enter(LifecycleTrigger.Ready, s => s with { Health = result.Health, ToolCount = result.ToolCount, Error = null });
            Report(ServerEventKind.Running, run, "Answers MCP at {0}", run.Url);
            Settle(_snapshot);
            return;
        }

        Publish(s => s with { Health = result.Health, ToolCount = result.ToolCount ?? tools });
        ReportHealth(run, before);
        if (tools is not null && _snapshot.ToolCount != tools)
        {
            Report(ServerEventKind.ToolsChanged, run, "Offers {0} tools, {1} before", _snapshot.ToolCount, tools);
        }
    }

    private async Task OnUnansweredAsync(ServerRun run, Health found)
    {
        // Until its first answer, only a server that runs elsewhere is judged: ours may still be loading.
        if (!run.Answered && run.Definition.Launch is not RemoteLaunch)
        {
            return;
        }

        var (before, options) = (_snapshot.Health, _parts.Options);
        run.FailedLooks++;
        var level = run.FailedLooks >= options.UnhealthyAfter ? HealthLevel.Unhealthy : HealthLevel.Degraded;
        Publish(s => s with { Health = found with { Level = level } });
        ReportHealth(run, before);

        // A wrong answer is an answer: only a process that gives none is taken for hung.
        if (run.Process is not null && options.RestartUnresponsiveAfter > 0 && run.FailedLooks >= options.RestartUnresponsiveAfter
            && found.Cause is HealthCause.NoAnswer or HealthCause.ConnectionRefused && _snapshot.Definition.Restart.Policy != RestartPolicy.Never)
        {
            await EndAsync(run, ExitReason.Unresponsive);
        }
    }

    private void ReportHealth(ServerRun run, Health before)
    {
        if ((before.Level, before.Cause) != (_snapshot.Health.Level, _snapshot.Health.Cause))
        {
            Report(ServerEventKind.HealthChanged, run, "{0}: {1}", _snapshot.Health.Level, HealthTexts.Summary(_snapshot.Health.Cause));
        }
    }

    private async Task OnStartTimedOutAsync(ServerRun run)
    {
        if (run != _run || run.Answered)
        {
            return;
        }

        var error = ServerErrors.StartTimeout(_snapshot.Name, _parts.Options.StartTimeout, run.LastLook?.Health is { } h ? h.Detail ?? HealthTexts.Summary(h.Cause) : null);
        if (run.Process is not null)
        {
            await EndAsync(run, ExitReason.StartTimeout, error);
            return;
        }

        // There is no process to start again: it is looked at until it answers.
        Publish(s => s with { Error = error, Health = (run.LastLook?.Health ?? s.Health) with { Level = HealthLevel.Unhealthy } });
        Report(ServerEventKind.Failed, run, "{0}", error.Message);
        Settle(error);
    }

    private async Task OnSampledAsync(ServerRun? run, ResourceSample sample)
    {
        if (run is null || run != _run)
        {
            return;
        }

        Publish(s => s with { Resources = sample });
        if (_snapshot.Definition.Limits.MemoryBytes is { } limit && sample.RssBytes > limit)
        {
            Report(ServerEventKind.LimitExceeded, run, "Uses {0} bytes of memory, {1} are allowed", sample.RssBytes, limit);
            await EndAsync(run, ExitReason.MemoryLimit);
        }
    }

    private void OnConnectionsChanged(int connections) => _mailbox.TryPost(() =>
    {
        if (_run is { } run)
        {
            // With the last session its child is gone, where each session has one.
            var idle = connections == 0 && run.Process is null;
            Publish(s => s with { Connections = connections, Resources = idle ? null : s.Resources });
        }

        return Task.CompletedTask;
    });

    [LoggerMessage(1006, LogLevel.Error, "The look at server {Name} failed.")]
    private partial void LogProbeFault(Exception fault, string name);
}
