using McpConsole.Domain.Accounts;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Tests.Servers.Supervised;

namespace McpConsole.Tests.Servers;

/// <summary>Children that keep silent, under short limits.</summary>
[Trait("Kind", "Integration")]
public sealed class ImpatientSupervisionTests : IAsyncLifetime
{
    private readonly ConsoleWorld _world = new();
    private SupervisedConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _console = await _world.StartAsync(options =>
    {
        options.StartTimeout = TimeSpan.FromSeconds(5);
        options.ProbeTimeout = TimeSpan.FromMilliseconds(300);
        options.HealthInterval = TimeSpan.FromMilliseconds(100);
        options.StopGrace = TimeSpan.FromMilliseconds(300);
        options.RestartUnresponsiveAfter = 5;
    });

    public async ValueTask DisposeAsync()
    {
        await _console.DisposeAsync();
        _world.Dispose();
    }

    [Fact]
    public async Task One_that_never_answers_is_ended_when_its_time_is_over()
    {
        var result = await _console.RunFakeAsync(["--never-answer"]);
        result.Error!.Code.ShouldBe("server.start_timeout");
        var server = _console.Catalog.All.Single();
        (server.State, server.LastExit!.Reason, server.Health.Cause).ShouldBe((Lifecycle.BackingOff, ExitReason.StartTimeout, HealthCause.NoAnswer));
        Marked.ProcessesOf(server.Id).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_stops_answering_is_shown_unhealthy_then_restarted()
    {
        var server = (await _console.RunFakeAsync(["--answer-only", "3"])).Value;
        await _console.WhenAsync(server.Id, s => s.LastExit is { Reason: ExitReason.Unresponsive });
        _world.Events.All.Where(e => e.Kind == ServerEventKind.HealthChanged).Select(e => e.Arguments[0]).Take(2).ShouldBe(["Degraded", "Unhealthy"]);
        await _console.WhenAsync(server.Id, s => s.RestartCount > 0);
    }

    [Fact]
    public async Task Stopping_one_that_ignores_SIGTERM_takes_the_grace()
    {
        var server = await _console.CreateAsync(FakeProgram.Draft("--ignore-sigterm"));
        var starting = _console.Commands.StartAsync(server.Id, Actor.Console, true, Cancel);
        await starting;
        var stopped = (await _console.Commands.StopAsync(server.Id, Actor.Console, true, Cancel)).Value;
        (stopped.State, stopped.LastExit!.Signal).ShouldBe((Lifecycle.Stopped, "SIGKILL"));
        Marked.ProcessesOf(server.Id).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stop_interrupts_a_start()
    {
        var server = await _console.CreateAsync(FakeProgram.Draft("--never-answer"));
        var starting = _console.Commands.StartAsync(server.Id, Actor.Console, true, Cancel);
        await _console.WhenAsync(server.Id, s => s.Run is not null);
        var stopped = await _console.Commands.StopAsync(server.Id, Actor.Console, true, Cancel);
        stopped.Value.State.ShouldBe(Lifecycle.Stopped);
        (await starting).Error!.Code.ShouldBe("server.start_interrupted");
    }

    [Fact]
    public async Task A_remote_server_is_watched_until_it_answers_and_after()
    {
        using var port = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        port.Start();
        var number = ((System.Net.IPEndPoint)port.LocalEndpoint).Port;
        port.Stop();
        var remote = await _console.CreateAsync(new ServerDraft { Name = "remote", Url = $"http://127.0.0.1:{number}/mcp" });
        (await _console.Commands.StartAsync(remote.Id, Actor.Console, true, Cancel)).Error!.Code.ShouldBe("server.start_timeout");
        (_console.Now(remote.Id).State, _console.Now(remote.Id).Health.Level).ShouldBe((Lifecycle.Starting, HealthLevel.Unhealthy));

        var real = (await _console.RunFakeAsync([], d => d with { Port = number })).Value;
        await _console.WhenAsync(remote.Id, s => s is { State: Lifecycle.Running, Error: null, Health.Level: HealthLevel.Healthy });
        await _console.Commands.StopAsync(real.Id, Actor.Console, true, Cancel);
        await _console.WhenAsync(remote.Id, s => s is { State: Lifecycle.Running, Health.Level: HealthLevel.Unhealthy });
        (await _console.Commands.StopAsync(remote.Id, Actor.Console, true, Cancel)).Value.State.ShouldBe(Lifecycle.Stopped);
    }
}
