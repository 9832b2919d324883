using System.Diagnostics;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Jobs;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure;
using McpConsole.Infrastructure.Database;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace McpConsole.Tests.Database;

[Trait("Kind", "Integration")]
public sealed class DatabaseAwayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_database_comes_back_by_itself_and_no_event_is_lost_or_doubled()
    {
        await using var console = await StartAsync();
        await console.WhenReadyAsync();
        var server = new ServerId(Guid.NewGuid());
        var events = console.Get<IServerEventLog>();
        for (var i = 0; i < 2000; i++)
        {
            events.Append(Event(server, i));
            if (i == 700)
            {
                await KillPostmasterAsync();
            }

            if (i % 50 == 0)
            {
                await Task.Yield();
            }
        }

        await Eventually.BeTrueAsync(() => console.Database is { Pending: 0, State: DatabaseState.Ready });
        var stored = await events.ReadAsync(server, 5000, null, Cancellation);
        stored.Reverse().Select(e => e.Message).ShouldBe(Enumerable.Range(0, 2000).Select(i => $"event {i}"));
        stored.Select(e => e.Sequence).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task What_was_accepted_without_a_database_is_written_by_the_next_console()
    {
        var server = new ServerId(Guid.NewGuid());
        var nowhere = $"Host={_folder.Path};Database=console;Username=nobody;Timeout=1";
        await using (var console = await TestConsole.StartAsync(_folder.Path, nowhere))
        {
            await Eventually.BeTrueAsync(() => console.Database.State == DatabaseState.Unavailable);
            console.Get<IServerEventLog>().Append(Event(server, 1));
            console.Get<IRunStore>().Record(new(server, new(Guid.NewGuid(), 7, 8, DateTimeOffset.UnixEpoch, 9), "npx one", null));
            console.Database.Message.ShouldNotBeNullOrEmpty();
            console.Database.Pending.ShouldBe(2);
            await Should.ThrowAsync<DatabaseUnavailableException>(() => console.Get<IServerEventLog>().ReadAsync(server, 1, null, Cancellation));
        }

        await using var next = await StartAsync();
        await Eventually.BeTrueAsync(() => next.Database is { Pending: 0, State: DatabaseState.Ready });
        (await next.Get<IServerEventLog>().ReadAsync(server, 10, null, Cancellation)).ShouldHaveSingleItem().Message.ShouldBe("event 1");
        (await next.Get<IRunStore>().ReadAsync(server, 10, Cancellation)).ShouldHaveSingleItem().CommandLine.ShouldBe("npx one");
    }

    [Fact]
    public async Task Jobs_say_that_they_wait_for_the_database_and_run_again_when_it_is_back()
    {
        var logs = Substitute.For<ILogStore>();
        await using var console = await TestConsole.StartAsync(
            _folder.Path,
            null,
            services => services
                .AddSingleton(logs).AddSingleton(Substitute.For<IServerCatalog>()).AddSingleton(Substitute.For<IServerCommands>())
                .AddAudit().AddJobs());
        var board = console.Get<IJobBoard>();
        (await board.ListAsync(Cancellation)).Error!.Code.ShouldBe("jobs.unavailable");
        await Eventually.BeTrueAsync(async () => (await board.ListAsync(Cancellation)).IsOk);
        var since = console.Database.Since;
        await KillPostmasterAsync();
        await Eventually.BeTrueAsync(() => console.Database.State == DatabaseState.Ready && console.Database.Since != since);
        await Eventually.BeTrueAsync(async () => (await board.RunNowAsync("log-retention", Actor.Console, Cancellation)).IsOk);
        await Eventually.BeTrueAsync(async () =>
            (await board.ListAsync(Cancellation)).Select(jobs => jobs.Any(job => job is { Name: "log-retention", LastOutcome: JobOutcome.Succeeded })) is { IsOk: true, Value: true });
        await logs.Received().ApplyRetentionAsync(Arg.Any<CancellationToken>());
    }

    public void Dispose() => _folder.Dispose();

    private Task<TestConsole> StartAsync() => TestConsole.StartAsync(_folder.Path, null);

    private static ServerEvent Event(ServerId server, int number) =>
        new(0, TimeProvider.System.GetUtcNow(), server, "name", ServerEventKind.Starting, $"event {number}", ["a\0b"]);

    private async Task KillPostmasterAsync()
    {
        var folder = DataFolder.At(_folder.Path).Postgres;
        using var process = Process.GetProcessById(int.Parse((await File.ReadAllLinesAsync(Path.Combine(folder, "postmaster.pid"), Cancellation))[0]));
        process.Kill();
    }
}
