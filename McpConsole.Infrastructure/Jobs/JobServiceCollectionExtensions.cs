using McpConsole.Domain.Jobs;
using McpConsole.Infrastructure.Database;
using McpConsole.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;

namespace Microsoft.Extensions.DependencyInjection;

public static class JobServiceCollectionExtensions
{
    private const int JobsAtOnce = 4;
    // A call to run a job at once that falls into an absence of the database is found by the next look.
    private static readonly TimeSpan s_lookInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_databaseRetry = TimeSpan.FromSeconds(2);

    /// <summary>Adds the scheduled jobs, kept in the database. Needs the console's database, servers and logs.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddOptions<JobOptions>().BindConfiguration(JobOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddQuartz(quartz => quartz
            .ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "McpConsole";
                scheduler.IdleWaitTime = s_lookInterval;
                // A console that stops waits for its jobs to notice, not for their work.
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            })
            .UseDefaultThreadPool(JobsAtOnce)
            .UsePersistentStore(store => store
                .UsePostgres(source => source.UseRegisteredDataSource = true)
                .ConfigureStore(options => options.DbRetryInterval = s_databaseRetry)
                .UseSystemTextJsonSerializer()
                .ProvisionSchema()
                .UseExecutionHistory()));
        services.AddQuartzExecutionHistory();
        services.AddOptions<ClusteringOptions>().Configure<DatabaseAddress>((cluster, address) => cluster.Enabled = !address.IsPrivate);
        services.AddOptions<QuartzSchedulerOptions>().Configure<DatabaseAddress>((scheduler, address) => scheduler.GenerateInstanceId = !address.IsPrivate);
        services.TryAddSingleton<JobScheduler>();
        services.TryAddSingleton<IJobBoard, JobBoard>();
        return services.AddHostedService(provider => provider.GetRequiredService<JobScheduler>());
    }
}
