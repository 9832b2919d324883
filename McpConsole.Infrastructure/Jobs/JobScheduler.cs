using McpConsole.Infrastructure.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;

namespace McpConsole.Infrastructure.Jobs;

/// <summary>
/// Starts the scheduler when the database is there, and brings the stored jobs in line with the plans. What someone paused stays paused,
/// and of several consoles on one database each run is made by one.
/// </summary>
internal sealed partial class JobScheduler(
    ISchedulerFactory factory,
    IDatabaseStatus database,
    IOptions<JobOptions> options,
    TimeProvider time,
    ILogger<JobScheduler> logger) : BackgroundService
{
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(2);

    /// <summary>Set before the start, which can be cut short: threads that it left running would keep the process alive.</summary>
    private IScheduler? _started;

    /// <summary>Null until the scheduler runs.</summary>
    public IScheduler? Scheduler { get; private set; }

    public IReadOnlyList<JobPlan> Plans { get; } = JobPlan.All(options.Value);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_started is { } scheduler)
        {
            await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (Scheduler is null)
        {
            await database.WhenReadyAsync(stoppingToken);
            try
            {
                _started = await factory.GetScheduler(stoppingToken);
                Scheduler = await StartAsync(_started, stoppingToken);
            }
            // WHY all: the database can go away again meanwhile, in as many ways as the scheduler has statements.
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogStartFailed(e);
                await Task.Delay(s_retryDelay, time, stoppingToken);
            }
        }
    }

    private async Task<IScheduler> StartAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        // The first start makes the scheduler's tables.
        await scheduler.Start(cancellationToken);
        foreach (var plan in Plans)
        {
            await scheduler.AddJob(plan.ToJob(), AddJobOptions.Replacing, cancellationToken);
            await BringInLineAsync(scheduler, plan, cancellationToken);
        }

        foreach (var stranger in (await scheduler.GetJobKeys(GroupMatcher<JobKey>.AnyGroup(), cancellationToken)).Except(Plans.Select(plan => plan.Key)))
        {
            await scheduler.DeleteJob(stranger, cancellationToken);
        }

        return scheduler;
    }

    private async Task BringInLineAsync(IScheduler scheduler, JobPlan plan, CancellationToken cancellationToken)
    {
        var stored = await scheduler.GetTrigger(plan.TriggerKey, cancellationToken) as ISimpleTrigger;
        if (stored?.RepeatInterval == plan.Interval)
        {
            return;
        }

        var trigger = plan.ToTrigger(time.GetUtcNow() + plan.Interval);
        var paused = stored is not null && await scheduler.GetTriggerState(plan.TriggerKey, cancellationToken) == TriggerState.Paused;
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace, cancellationToken);
        if (paused)
        {
            await scheduler.PauseTrigger(plan.TriggerKey, cancellationToken);
        }
    }

    [LoggerMessage(7000, LogLevel.Warning, "The job scheduler could not start, and is tried again")]
    private partial void LogStartFailed(Exception exception);
}
