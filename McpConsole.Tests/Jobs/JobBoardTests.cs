using System.Collections.Immutable;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Audit;
using McpConsole.Domain.Jobs;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Jobs;
using McpConsole.Tests.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace McpConsole.Tests.Jobs;

[Trait("Kind", "Integration")]
public sealed class JobBoardTests(PostgresFixture postgres) : IDisposable
{
    private static readonly Actor s_developer = new("dora", Role.Developer);

    private readonly TemporaryFolder _folder = new();
    private readonly IServerCatalog _catalog = Substitute.For<IServerCatalog>();
    private readonly IServerCommands _commands = Substitute.For<IServerCommands>();
    private readonly ILogStore _logs = Substitute.For<ILogStore>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_shows_its_outcome_duration_and_what_it_did()
    {
        _logs.ApplyRetentionAsync(Arg.Any<CancellationToken>()).Returns(2_500_000);
        await using var console = await StartAsync();
        var board = console.Get<IJobBoard>();
        (await StatusAsync(board, "log-retention")).LastOutcome.ShouldBeNull();
        (await board.RunNowAsync("log-retention", s_developer, Cancellation)).IsOk.ShouldBeTrue();
        var status = await RanAsync(board, "log-retention");
        (status.LastOutcome, status.LastMessage).ShouldBe((JobOutcome.Succeeded, "2.5 MB freed"));
        status.LastRun.ShouldNotBeNull();
        status.LastDuration.ShouldNotBeNull();
        status.NextRun.ShouldNotBeNull();
        status.Interval.ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_failed_run_shows_why()
    {
        _logs.ApplyRetentionAsync(Arg.Any<CancellationToken>()).ThrowsAsync(new IOException("No space left on device"));
        await using var console = await StartAsync();
        var board = console.Get<IJobBoard>();
        await board.RunNowAsync("log-retention", s_developer, Cancellation);
        var status = await RanAsync(board, "log-retention");
        status.LastOutcome.ShouldBe(JobOutcome.Failed);
        status.LastMessage.ShouldNotBeNull().ShouldContain("No space left on device");
    }

    [Fact]
    public async Task A_running_job_is_shown_and_not_started_twice()
    {
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource<long>();
        _logs.ApplyRetentionAsync(Arg.Any<CancellationToken>()).Returns(_ =>
        {
            entered.TrySetResult();
            return release.Task;
        });
        await using var console = await StartAsync();
        var board = console.Get<IJobBoard>();
        await board.RunNowAsync("log-retention", s_developer, Cancellation);
        await entered.Task.WaitAsync(Cancellation);
        (await StatusAsync(board, "log-retention")).IsRunning.ShouldBeTrue();
        (await board.RunNowAsync("log-retention", s_developer, Cancellation)).Error!.Code.ShouldBe("jobs.running");
        release.SetResult(0);
        await RanAsync(board, "log-retention");
        (await StatusAsync(board, "log-retention")).IsRunning.ShouldBeFalse();
    }

    [Fact]
    public async Task A_console_that_stops_cancels_a_running_job_and_says_so_after_its_restart()
    {
        var database = await postgres.NewDatabaseAsync(Cancellation);
        var entered = new TaskCompletionSource();
        _logs.ApplyRetentionAsync(Arg.Any<CancellationToken>()).Returns(async call =>
        {
            entered.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, call.Arg<CancellationToken>());
            return 0L;
        });
        await using (var console = await StartAsync(database))
        {
            await console.Get<IJobBoard>().RunNowAsync("log-retention", s_developer, Cancellation);
            await entered.Task.WaitAsync(Cancellation);
        }

        await using var next = await StartAsync(database);
        (await RanAsync(next.Get<IJobBoard>(), "log-retention")).LastOutcome.ShouldBe(JobOutcome.Cancelled);
    }

    [Fact]
    public async Task The_health_sweep_checks_running_servers_only()
    {
        var running = Snapshot("running", Lifecycle.Running);
        _catalog.All.Returns([running, Snapshot("stopped", Lifecycle.Stopped)]);
        _commands.CheckHealthAsync(running.Id, Arg.Any<CancellationToken>()).Returns(new Health(HealthLevel.Unhealthy, HealthCause.NoAnswer));
        await using var console = await StartAsync();
        var board = console.Get<IJobBoard>();
        await board.RunNowAsync("health-sweep", s_developer, Cancellation);
        (await RanAsync(board, "health-sweep")).LastMessage.ShouldBe("1 checked, 1 unhealthy");
        await _commands.Received().CheckHealthAsync(running.Id, Arg.Any<CancellationToken>());
        _commands.ReceivedCalls().ShouldAllBe(call => call.GetArguments()[0]!.Equals(running.Id));
    }

    [Fact]
    public async Task After_a_restart_every_job_is_there_once_and_a_paused_one_still_paused()
    {
        var database = await postgres.NewDatabaseAsync(Cancellation);
        var administrator = new Actor("ada", Role.Administrator, "10.0.0.5");
        for (var start = 0; start < 3; start++)
        {
            await using var console = await StartAsync(database, new() { ["Jobs:CleanUp"] = start < 2 ? "01:00:00" : "02:00:00" });
            var board = console.Get<IJobBoard>();
            if (start == 0)
            {
                (await board.PauseAsync("log-retention", administrator, Cancellation)).IsOk.ShouldBeTrue();
            }

            var status = await StatusAsync(board, "log-retention");
            (status.Paused, status.NextRun).ShouldBe((true, null));
            status.Interval.ShouldBe(TimeSpan.FromHours(start < 2 ? 1 : 2));
            (await StatusAsync(board, "database-pruning")).Paused.ShouldBeFalse();
            var triggers = await console.Database.RunAsync(
                (context, token) => context.Database.SqlQueryRaw<string>("SELECT trigger_name AS \"Value\" FROM qrtz_triggers ORDER BY 1").ToListAsync(token),
                Cancellation);
            triggers.ShouldBe(["database-pruning", "health-sweep", "log-retention"]);
            if (start == 2)
            {
                (await board.ResumeAsync("log-retention", administrator, Cancellation)).IsOk.ShouldBeTrue();
                (await StatusAsync(board, "log-retention")).Paused.ShouldBeFalse();
            }
        }
    }

    [Fact]
    public async Task Viewers_run_nothing_developers_pause_nothing_and_all_of_it_is_audited()
    {
        await using var console = await StartAsync();
        var board = console.Get<IJobBoard>();
        (await board.RunNowAsync("log-retention", new("vic", Role.Viewer), Cancellation)).Error!.Code.ShouldBe("jobs.not_allowed");
        (await board.PauseAsync("log-retention", s_developer, Cancellation)).Error!.Code.ShouldBe("jobs.not_allowed");
        (await board.ResumeAsync("log-retention", s_developer, Cancellation)).Error!.Code.ShouldBe("jobs.not_allowed");
        (await board.RunNowAsync("no-such-job", s_developer, Cancellation)).Error!.Code.ShouldBe("jobs.not_found");
        await Eventually.BeTrueAsync(() => console.Database.Pending == 0);
        (await console.Get<IAuditLog>().ReadAsync(new("job."), Cancellation)).Items
            .Select(entry => (entry.Actor, entry.Action, entry.Outcome)).Reverse().ShouldBe(
            [
                ("vic", "job.run", "jobs.not_allowed"),
                ("dora", "job.pause", "jobs.not_allowed"),
                ("dora", "job.resume", "jobs.not_allowed"),
                ("dora", "job.run", "jobs.not_found"),
            ]);
    }

    public void Dispose() => _folder.Dispose();

    private static ServerSnapshot Snapshot(string name, Lifecycle state) => new()
    {
        Definition = new() { Id = new(Guid.NewGuid()), Name = name, Launch = new RemoteLaunch { Url = "http://localhost" } },
        Version = 1,
        Since = DateTimeOffset.UnixEpoch,
        State = state,
    };

    private static async Task<JobStatus> StatusAsync(IJobBoard board, string job) =>
        (await board.ListAsync(Cancellation)).Value.Single(status => status.Name == job);

    private static async Task<JobStatus> RanAsync(IJobBoard board, string job)
    {
        JobStatus? status = null;
        await Eventually.BeTrueAsync(async () => (status = await StatusAsync(board, job)) is { LastOutcome: not null, IsRunning: false });
        return status!;
    }

    private async Task<TestConsole> StartAsync(string? database = null, Dictionary<string, string?>? settings = null)
    {
        var catalog = _catalog.All;
        if (catalog.IsDefault)
        {
            _catalog.All.Returns(ImmutableArray<ServerSnapshot>.Empty);
        }

        database ??= await postgres.NewDatabaseAsync(Cancellation);
        var console = await TestConsole.StartAsync(
            _folder.Path,
            database,
            services => services.AddSingleton(_catalog).AddSingleton(_commands).AddSingleton(_logs).AddAudit().AddJobs(),
            settings);
        await Eventually.BeTrueAsync(() => console.Get<JobScheduler>().Scheduler is not null);
        return console;
    }
}
