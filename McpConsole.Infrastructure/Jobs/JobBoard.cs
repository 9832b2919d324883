using System.Collections.Immutable;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Audit;
using McpConsole.Domain.Jobs;
using McpConsole.Domain.Results;
using McpConsole.Infrastructure.Audit;
using McpConsole.Infrastructure.Database;
using Quartz;
using Quartz.Extensibility;

namespace McpConsole.Infrastructure.Jobs;

/// <remarks>Running needs the role Developer; pausing and resuming change how the console keeps itself, and need Administrator.</remarks>
internal sealed class JobBoard(
    JobScheduler jobs, IExecutionHistoryStore history, IDatabaseStatus database, IAuditLog audit, TimeProvider time) : IJobBoard
{
    public Task<Result<ImmutableArray<JobStatus>>> ListAsync(CancellationToken cancellationToken) => AskAsync<ImmutableArray<JobStatus>>(
        async scheduler =>
        {
            var triggers = await scheduler.QueryTriggers(new TriggerQuery(), cancellationToken);
            var running = await scheduler.QueryFireInstances(new FireInstanceQuery { State = FireInstanceState.Executing }, cancellationToken);
            var runs = await history.QueryJobRunStatuses(new JobRunStatusQuery { SchedulerName = scheduler.SchedulerName }, cancellationToken);
            return jobs.Plans.Select(plan => Describe(
                plan,
                triggers.Items.FirstOrDefault(trigger => trigger.Key.Equals(plan.TriggerKey)),
                running.Items.Any(instance => plan.Key.Equals(instance.JobKey)),
                runs.Items.FirstOrDefault(run => run.Job.Equals(plan.Key)))).ToImmutableArray();
        });

    public Task<Result<Done>> RunNowAsync(string job, Actor actor, CancellationToken cancellationToken) => CommandAsync(
        job, "job.run", Role.Developer, actor, (scheduler, plan) => RunAsync(scheduler, plan, cancellationToken));

    public Task<Result<Done>> PauseAsync(string job, Actor actor, CancellationToken cancellationToken) => CommandAsync(
        job,
        "job.pause",
        Role.Administrator,
        actor,
        async (scheduler, plan) =>
        {
            await scheduler.PauseTrigger(plan.TriggerKey, cancellationToken);
            return default(Done);
        });

    public Task<Result<Done>> ResumeAsync(string job, Actor actor, CancellationToken cancellationToken) => CommandAsync(
        job,
        "job.resume",
        Role.Administrator,
        actor,
        async (scheduler, plan) =>
        {
            await scheduler.ResumeTrigger(plan.TriggerKey, cancellationToken);
            return default(Done);
        });

    private static async Task<Result<Done>> RunAsync(IScheduler scheduler, JobPlan plan, CancellationToken cancellationToken)
    {
        var running = await scheduler.QueryFireInstances(
            new FireInstanceQuery { Job = plan.Key, State = FireInstanceState.Executing }, cancellationToken);
        if (running.Items.Count > 0)
        {
            return new Error("jobs.running", ErrorKind.Conflict, "The job {0} is running already. Wait until it has ended.", plan.Name);
        }

        await scheduler.TriggerJob(plan.Key, null, cancellationToken);
        return default(Done);
    }

    private static JobStatus Describe(JobPlan plan, TriggerHeader? trigger, bool running, JobRunStatus? last) => new(
        plan.Name,
        plan.Interval,
        trigger?.State == TriggerState.Paused,
        running,
        trigger?.State == TriggerState.Paused ? null : trigger?.NextFireTimeUtc,
        last?.LastFiredAtUtc,
        last?.LastDuration,
        last?.LastResult switch
        {
            null => null,
            JobRunResult.Failed => JobOutcome.Failed,
            JobRunResult.Cancelled => JobOutcome.Cancelled,
            _ => JobOutcome.Succeeded,
        },
        last?.LastResult == JobRunResult.Failed ? last.LastFailureMessage : last?.LastSummary);

    private async Task<Result<Done>> CommandAsync(
        string job, string action, Role needed, Actor actor, Func<IScheduler, JobPlan, Task<Result<Done>>> command)
    {
        Result<Done> result = !actor.Can(needed)
            ? new Error("jobs.not_allowed", ErrorKind.Forbidden, "This needs the role {0}.", needed)
            : jobs.Plans.FirstOrDefault(plan => plan.Name == job) is { } plan
                ? await AskAsync(scheduler => command(scheduler, plan))
                : new Error("jobs.not_found", ErrorKind.NotFound, "There is no job {0}.", job);
        return audit.Record(time.GetUtcNow(), actor, action, job, result);
    }

    private async Task<Result<T>> AskAsync<T>(Func<IScheduler, Task<Result<T>>> question)
    {
        if (jobs.Scheduler is not { } scheduler || database.State != DatabaseState.Ready)
        {
            return Unavailable(database.Message ?? "It is being started.");
        }

        try
        {
            return await question(scheduler);
        }
        catch (Exception e) when (e is JobPersistenceException || ConsoleDatabase.Absence(e) is not null)
        {
            return Unavailable(e.Message);
        }
    }

    private static Error Unavailable(string cause) =>
        new("jobs.unavailable", ErrorKind.Unavailable, "The job scheduler is not available: {0} Try again shortly.", cause);
}
