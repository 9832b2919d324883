using McpConsole.Domain.Accounts;
using McpConsole.Domain.Servers;
using McpConsole.Tests.Servers.Supervised;

namespace McpConsole.Tests.Servers;

/// <summary>Ten minutes of failing, on a clock that is moved by hand.</summary>
[Trait("Kind", "Integration")]
public sealed class RestartBudgetTests : IAsyncLifetime
{
    private readonly ConsoleWorld _world = new();
    private readonly ManualTimeProvider _time = new();
    private SupervisedConsole _console = null!;

    public async ValueTask InitializeAsync() => _console = await _world.StartAsync(time: _time);

    public async ValueTask DisposeAsync()
    {
        await _console.DisposeAsync();
        _world.Dispose();
    }

    [Fact]
    public async Task One_that_always_fails_is_given_up_when_its_budget_is_spent()
    {
        await _console.RunFakeAsync([], d => d with { Command = ["/bin/sh", "-c", "exit 9"], Restart = new RestartRule(MaxRetries: 4) });
        var id = _console.Catalog.All.Single().Id;
        var delays = new List<double>();
        for (var retry = 1; retry <= 4; retry++)
        {
            var server = await _console.WhenAsync(id, s => s.State == Lifecycle.BackingOff && s.RestartCount == retry);
            delays.Add((server.NextStartAt!.Value - server.LastExit!.At).TotalSeconds);
            await AdvanceAsync(id, retry);
        }

        var failed = await _console.WhenAsync(id, s => s.State == Lifecycle.Failed);
        failed.Error!.Code.ShouldBe("server.given_up");
        failed.Health.Cause.ShouldBe(HealthCause.BudgetSpent);
        failed.NextStartAt.ShouldBeNull();
        _world.Events.All.Count(e => e.Kind == ServerEventKind.Failed).ShouldBe(1);
        _world.Events.All.Count(e => e.Kind == ServerEventKind.Starting).ShouldBe(5);
        delays.Zip([1.0, 2, 4, 8]).ShouldAllBe(d => Math.Abs((d.First / d.Second) - 1) <= 0.2001);
    }

    [Fact]
    public async Task A_start_by_hand_ends_the_waiting_and_the_counting()
    {
        await _console.RunFakeAsync([], d => d with { Command = ["/bin/sh", "-c", "exit 9"], Restart = new RestartRule(MaxRetries: 1) });
        var id = _console.Catalog.All.Single().Id;
        for (var i = 0; i < 3; i++)
        {
            var result = await _console.Commands.StartAsync(id, Actor.Console, true, TestContext.Current.CancellationToken);
            result.Error!.Code.ShouldBe("server.exited");
            _console.Now(id).State.ShouldBe(Lifecycle.BackingOff);
        }
    }

    [Fact]
    public async Task A_stop_ends_the_waiting()
    {
        await _console.RunFakeAsync([], d => d with { Command = ["/bin/sh", "-c", "exit 9"] });
        var id = _console.Catalog.All.Single().Id;
        (await _console.Commands.StopAsync(id, Actor.Console, true, TestContext.Current.CancellationToken)).Value.State.ShouldBe(Lifecycle.Stopped);
        _time.Advance(TimeSpan.FromMinutes(2));
        _console.Now(id).State.ShouldBe(Lifecycle.Stopped);
        _world.Events.All.Count(e => e.Kind == ServerEventKind.Starting).ShouldBe(1);
    }

    // The delay is set just after the state is shown: the clock moves until it is over.
    private Task AdvanceAsync(ServerId id, int retry) => Eventually.BeTrueAsync(() =>
    {
        var server = _console.Now(id);
        if (server.State == Lifecycle.BackingOff && server.RestartCount == retry)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        return server.RestartCount > retry || server.State == Lifecycle.Failed;
    });
}
