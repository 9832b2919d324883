using Quartz;

namespace McpConsole.Infrastructure.Jobs;

/// <summary>A job of the console and how often it runs.</summary>
/// <param name="Name">Stable, kebab case; its key in the scheduler too.</param>
/// <param name="CatchUp">Whether a run that was missed, because the console was down, is made up for once.</param>
internal sealed record JobPlan(string Name, Type Type, TimeSpan Interval, bool CatchUp)
{
    public JobKey Key => new(Name);

    public TriggerKey TriggerKey => new(Name);

    /// <summary>The names by which the scheduler finds these types again are in the database: a moved type needs a migration.</summary>
    public static IReadOnlyList<JobPlan> All(JobOptions options) =>
    [
        new("health-sweep", typeof(HealthSweep), options.HealthSweep, CatchUp: false),
        new("log-retention", typeof(LogRetention), options.CleanUp, CatchUp: true),
        new("database-pruning", typeof(DatabasePruning), options.CleanUp, CatchUp: true),
    ];

    public IJobDetail ToJob() => JobBuilder.Create().OfType(Type).WithIdentity(Key).StoreDurably().Build();

    public ITrigger ToTrigger(DateTimeOffset first) => TriggerBuilder.Create()
        .WithIdentity(TriggerKey)
        .ForJob(Key)
        .StartAt(first)
        .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(Interval).RepeatForever().WithMisfireInstruction(
            CatchUp ? SimpleTriggerMisfireInstruction.NowWithExistingCount : SimpleTriggerMisfireInstruction.NextWithExistingCount))
        .Build();
}
