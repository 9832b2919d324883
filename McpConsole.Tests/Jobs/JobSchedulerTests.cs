using McpConsole.Infrastructure.Database;
using McpConsole.Infrastructure.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NSubstitute;
using Quartz;

namespace McpConsole.Tests.Jobs;

public sealed class JobSchedulerTests
{
    [Fact]
    public async Task A_start_that_is_cut_short_leaves_no_scheduler_running()
    {
        var starting = new TaskCompletionSource();
        var scheduler = Substitute.For<IScheduler>();
        scheduler.When(async s => await s.Start(Arg.Any<CancellationToken>())).Do(_ =>
        {
            starting.SetResult();
            throw new OperationCanceledException();
        });
        var factory = Substitute.For<ISchedulerFactory>();
        factory.GetScheduler(Arg.Any<CancellationToken>()).Returns(scheduler);
        using var jobs = new JobScheduler(
            factory,
            Substitute.For<IDatabaseStatus>(),
            Options.Create(new JobOptions()),
            TimeProvider.System,
            NullLogger<JobScheduler>.Instance);

        await jobs.StartAsync(TestContext.Current.CancellationToken);
        await starting.Task;
        await jobs.StopAsync(TestContext.Current.CancellationToken);

        await scheduler.Received(1).Shutdown(waitForJobsToComplete: true, Arg.Any<CancellationToken>());
        jobs.Scheduler.ShouldBeNull();
    }
}
