using McpConsole.Domain.Accounts;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Processes;
using McpConsole.Tests.Servers.Supervised;

namespace McpConsole.Tests.Servers;

/// <summary>One real child at a time, in all its moods.</summary>
[Trait("Kind", "Integration")]
public sealed class SupervisionTests : IAsyncLifetime
{
    private readonly ConsoleWorld _world = new();
    private SupervisedConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _console = await _world.StartAsync(options =>
    {
        options.StartTimeout = TimeSpan.FromSeconds(20);
        options.StopGrace = TimeSpan.FromSeconds(5);
        options.SampleInterval = TimeSpan.FromMilliseconds(100);
    });

    public async ValueTask DisposeAsync()
    {
        await _console.DisposeAsync();
        _world.Dispose();
    }

    [Fact]
    public async Task A_started_server_runs_when_it_answers_and_stops_without_a_trace()
    {
        var running = (await _console.RunFakeAsync([])).Value;
        running.State.ShouldBe(Lifecycle.Running);
        running.Health.Level.ShouldBe(HealthLevel.Healthy);
        running.ToolCount.ShouldBe(1);
        running.Url.ShouldBe($"http://127.0.0.1:{running.Run!.Port}/mcp");
        Marked.ProcessesOf(running.Id).ShouldBe([running.Run.Pid]);

        var stopped = (await _console.Commands.StopAsync(running.Id, Actor.Console, true, Cancel)).Value;
        (stopped.State, stopped.Run, stopped.Url).ShouldBe((Lifecycle.Stopped, null, null));
        stopped.LastExit!.Reason.ShouldBe(ExitReason.Stopped);
        Marked.ProcessesOf(running.Id).ShouldBeEmpty();
        _world.Events.All.Select(e => e.Kind).ShouldBe(
            [ServerEventKind.Created, ServerEventKind.Starting, ServerEventKind.Running, ServerEventKind.Stopping, ServerEventKind.Stopped]);
        _console.Intake.Drained.ShouldContainKey(running.Run.RunId);
    }

    [Fact]
    public async Task Twenty_commands_at_once_never_make_two_copies()
    {
        var server = await _console.CreateAsync(FakeProgram.Draft());
        var most = 0;
        using var done = new CancellationTokenSource();
        var counting = Task.Run(
            () =>
            {
                while (!done.IsCancellationRequested)
                {
                    most = Math.Max(most, Marked.CopiesOf(server.Id).Count);
                }
            },
            Cancel);
        var commands = Enumerable.Range(0, 21).Select(i => Task.Run(() => (i % 3) switch
        {
            0 => _console.Commands.StartAsync(server.Id, Actor.Console, true, Cancel),
            1 => _console.Commands.StopAsync(server.Id, Actor.Console, true, Cancel),
            _ => _console.Commands.RestartAsync(server.Id, Actor.Console, true, Cancel),
        }));
        await Task.WhenAll(commands);
        (await _console.Commands.RestartAsync(server.Id, Actor.Console, true, Cancel)).Value.State.ShouldBe(Lifecycle.Running);
        await done.CancelAsync();
        await counting;
        most.ShouldBe(1);
        Marked.ProcessesOf(server.Id).ShouldBe([_console.Now(server.Id).Run!.Pid]);
    }

    [Fact]
    public async Task Twenty_restarts_at_once_are_few()
    {
        var server = (await _console.RunFakeAsync([])).Value;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => _console.Commands.RestartAsync(server.Id, Actor.Console, true, Cancel))));
        _world.Runs.All.Count.ShouldBeInRange(2, 4);
        _console.Now(server.Id).State.ShouldBe(Lifecycle.Running);
    }

    [Fact]
    public async Task A_killed_server_comes_back_with_the_reason()
    {
        var before = (await _console.RunFakeAsync(["--stderr", "last words"])).Value;
        Libc.Kill(before.Run!.Pid, Libc.SigKill);
        var after = await _console.WhenAsync(
            before.Id, s => s is { State: Lifecycle.Running, LastExit.StderrTail.IsEmpty: false } && s.Run!.Pid != before.Run.Pid);
        after.Url.ShouldBe(before.Url);
        after.RestartCount.ShouldBe(1);
        (after.LastExit!.Reason, after.LastExit.Signal).ShouldBe((ExitReason.Signalled, "SIGKILL"));
        after.LastExit.StderrTail.ShouldBe(["last words"]);
        _world.Runs.All.Single(r => r.Run.RunId == before.Run.RunId).Exit.ShouldBe(after.LastExit);
        _world.Events.All.ShouldContain(e => e.Kind == ServerEventKind.Exited && e.Message.Contains("SIGKILL"));
    }

    [Fact]
    public async Task A_server_that_ends_before_it_answers_is_an_error_with_its_last_words()
    {
        var result = await _console.RunFakeAsync(["--exit-after", "0", "--exit-code", "3", "--stderr", "no such database"]);
        result.Error!.Code.ShouldBe("server.exited");
        result.Error.Message.ShouldContain("exited with code 3");
        result.Error.Message.ShouldContain("no such database");
        var server = _console.Catalog.All.Single();
        server.State.ShouldBe(Lifecycle.BackingOff);
        server.NextStartAt.ShouldNotBeNull();
        (server.LastExit!.Code, server.Health.Cause).ShouldBe((3, HealthCause.Exited));
    }

    [Theory]
    [InlineData(RestartPolicy.Never, 3, Lifecycle.Failed)]
    [InlineData(RestartPolicy.Never, 0, Lifecycle.Stopped)]
    [InlineData(RestartPolicy.OnFailure, 0, Lifecycle.Stopped)]
    [InlineData(RestartPolicy.OnFailure, 3, Lifecycle.BackingOff)]
    [InlineData(RestartPolicy.Always, 0, Lifecycle.BackingOff)]
    public async Task The_policy_decides_what_follows_an_exit(RestartPolicy policy, int code, Lifecycle expected)
    {
        await _console.RunFakeAsync(["--exit-after", "0", "--exit-code", $"{code}"], d => d with { Restart = new RestartRule(policy) });
        _console.Catalog.All.Single().State.ShouldBe(expected);
    }

    [Fact]
    public async Task A_missing_program_fails_at_once()
    {
        var result = await _console.RunFakeAsync([], d => d with { Command = ["no-such-program-here"] });
        result.Error!.Code.ShouldBe("launch.not_found");
        var server = _console.Catalog.All.Single();
        (server.State, server.Health.Cause).ShouldBe((Lifecycle.Failed, HealthCause.LaunchFailed));
        server.LastExit!.Reason.ShouldBe(ExitReason.LaunchFailed);
        Directory.EnumerateFiles(_world.Data.Server(server.Id)).ShouldNotContain(f => f.EndsWith("run.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_taken_port_is_refused_and_its_holder_named()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        var result = await _console.RunFakeAsync([], d => d with { Port = port });
        result.Error!.Code.ShouldBe("server.port_taken");
        result.Error.Message.ShouldContain($"pid {Environment.ProcessId}");
        var server = _console.Catalog.All.Single();
        (server.State, server.Health.Cause).ShouldBe((Lifecycle.BackingOff, HealthCause.PortTaken));
        Marked.ProcessesOf(server.Id).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_picked_port_stays_over_restarts()
    {
        var first = (await _console.RunFakeAsync([])).Value;
        var other = (await _console.RunFakeAsync([])).Value;
        other.Run!.Port.ShouldNotBe(first.Run!.Port);
        await _console.Commands.StopAsync(first.Id, Actor.Console, true, Cancel);
        (await _console.Commands.StartAsync(first.Id, Actor.Console, true, Cancel)).Value.Run!.Port.ShouldBe(first.Run.Port);
        await Eventually.BeTrueAsync(() => _world.Store.Servers[first.Id].PickedPort == first.Run.Port);
    }

    [Fact]
    public async Task One_that_forks_away_leaves_nothing_running()
    {
        var result = await _console.RunFakeAsync(["--fork-away"]);
        result.IsOk.ShouldBeFalse();
        var server = _console.Catalog.All.Single();
        server.State.ShouldBe(Lifecycle.Stopped);
        Marked.ProcessesOf(server.Id).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("setsid")]
    [InlineData("reparented")]
    public async Task Stop_kills_grandchildren(string kind)
    {
        var server = (await _console.RunFakeAsync(["--spawn-grandchild", kind])).Value;
        await Eventually.BeTrueAsync(() => Marked.ProcessesOf(server.Id).Count >= 2);
        await _console.Commands.StopAsync(server.Id, Actor.Console, true, Cancel);
        Marked.ProcessesOf(server.Id).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("setsid")]
    [InlineData("reparented")]
    public async Task A_crash_takes_its_grandchildren_along(string kind)
    {
        var before = (await _console.RunFakeAsync(["--spawn-grandchild", kind])).Value;
        await Eventually.BeTrueAsync(() => Marked.ProcessesOf(before.Id).Count >= 2);
        var old = Marked.ProcessesOf(before.Id);
        Libc.Kill(before.Run!.Pid, Libc.SigKill);
        await _console.WhenAsync(before.Id, s => s.State == Lifecycle.Running && s.Run!.Pid != before.Run.Pid);
        Marked.ProcessesOf(before.Id).ShouldNotContain(pid => old.Contains(pid));
    }

    [Fact]
    public async Task A_flood_and_an_endless_line_hurt_no_one()
    {
        var loud = (await _console.RunFakeAsync(["--spam", "100000", "--no-newline", "10000000"])).Value;
        loud.State.ShouldBe(Lifecycle.Running);
        new FileInfo(_console.Intake.PathsOf(loud.Id, loud.Run!.RunId).Stdout).Length.ShouldBeGreaterThan(20_000_000);
        (await _console.RunFakeAsync([])).Value.State.ShouldBe(Lifecycle.Running);
        await _console.Commands.StopAsync(loud.Id, Actor.Console, true, Cancel);
        Marked.ProcessesOf(loud.Id).ShouldBeEmpty();
    }

    [Fact]
    public async Task Secrets_are_in_the_environment_alone()
    {
        var server = (await _console.RunFakeAsync(
            ["--print-env", "API_KEY"], d => d with { Env = d.Env.Add("API_KEY", "s3cret-value") })).Value;
        await Eventually.BeTrueAsync(() => _console.Intake.ReadStdout(server.Id, server.Run!.RunId).Contains("API_KEY=s3cret-value"));
        (await File.ReadAllTextAsync($"/proc/{server.Run!.Pid}/cmdline", Cancel)).ShouldNotContain("s3cret-value");
        foreach (var file in Directory.EnumerateFiles(_world.Data.Server(server.Id)))
        {
            (await File.ReadAllTextAsync(file, Cancel)).ShouldNotContain("s3cret-value");
        }

        _world.Runs.All.Single().CommandLine.ShouldNotContain("s3cret-value");
        _world.Audit.All.ShouldAllBe(e => !$"{e.Before}{e.After}".Contains("s3cret-value"));
    }

    [Fact]
    public async Task Its_processes_are_measured()
    {
        var server = (await _console.RunFakeAsync(["--spawn-grandchild", "plain"])).Value;
        var sample = (await _console.WhenAsync(server.Id, s => s.Resources is { Processes: 2 })).Resources!;
        sample.RssBytes.ShouldBeGreaterThan(1 << 20);
        sample.Threads.ShouldBeGreaterThan(1);
        sample.OpenFiles.ShouldBeGreaterThan(3);
        _console.Samples.Recent(server.Id, 1).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task One_that_uses_too_much_memory_is_restarted_with_that_reason()
    {
        await _console.RunFakeAsync(["--hold-memory", "100"], d => d with { Limits = new ResourceLimits(MemoryBytes: 64 << 20) });
        var server = _console.Catalog.All.Single();
        var after = await _console.WhenAsync(server.Id, s => s.LastExit is { Reason: ExitReason.MemoryLimit });
        after.RestartCount.ShouldBeGreaterThan(0);
        _world.Events.All.ShouldContain(e => e.Kind == ServerEventKind.LimitExceeded);
    }

    [Fact]
    public async Task A_changed_definition_takes_effect_with_the_next_launch()
    {
        var server = (await _console.RunFakeAsync([])).Value;
        var draft = server.Definition.ToDraft();
        var updated = (await _console.Commands.UpdateAsync(server.Id, draft with { Command = [.. draft.Command, "--print-args"] }, Actor.Console, Cancel)).Value;
        (updated.State, updated.Definition.Revision, updated.Run!.Pid).ShouldBe((Lifecycle.Running, 2, server.Run!.Pid));
        var after = (await _console.Commands.RestartAsync(server.Id, Actor.Console, true, Cancel)).Value;
        await Eventually.BeTrueAsync(() => _console.Intake.ReadStdout(server.Id, after.Run!.RunId).Contains("args: "));
    }

    [Fact]
    public async Task Deleting_stops_it_and_leaves_nothing()
    {
        var server = (await _console.RunFakeAsync([])).Value;
        using var follower = _console.Catalog.Subscribe();
        (await _console.Commands.DeleteAsync(server.Id, Actor.Console, Cancel)).IsOk.ShouldBeTrue();
        Marked.ProcessesOf(server.Id).ShouldBeEmpty();
        _console.Catalog.Find(server.Id).ShouldBeNull();
        _console.Intake.Removed.ShouldContainKey(server.Id);
        _world.Store.Servers.ShouldBeEmpty();
        Directory.Exists(_world.Data.Server(server.Id)).ShouldBeFalse();
        await foreach (var snapshot in follower.ReadAllAsync(Cancel))
        {
            if (snapshot.Deleted)
            {
                break;
            }
        }

        (await _console.Commands.StartAsync(server.Id, Actor.Console, true, Cancel)).Error!.Code.ShouldBe("server.not_found");
    }

    [Fact]
    public async Task Servers_start_and_stop_while_the_database_is_away()
    {
        var server = await _console.CreateAsync(FakeProgram.Draft());
        _world.Store.IsAway = true;
        (await _console.Commands.StartAsync(server.Id, Actor.Console, true, Cancel)).Value.State.ShouldBe(Lifecycle.Running);
        (await _console.Commands.CreateAsync(FakeProgram.Draft(), Actor.Console, Cancel)).Error!.Code.ShouldBe("server.store_unavailable");
        (await _console.Commands.UpdateAsync(server.Id, server.Definition.ToDraft(), Actor.Console, Cancel)).Error!.Code.ShouldBe("server.store_unavailable");
        _world.Store.IsAway = false;
        await Eventually.BeTrueAsync(() => _world.Store.Servers[server.Id].ShallRun);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_delays_a_start_and_ends_no_server()
    {
        var running = (await _console.RunFakeAsync([])).Value;
        var server = await _console.CreateAsync(FakeProgram.Draft());
        Directory.Delete(_world.Data.Server(server.Id), recursive: true);
        await File.WriteAllTextAsync(_world.Data.Server(server.Id), "in the way", Cancel);
        var refused = await _console.Commands.StartAsync(server.Id, Actor.Console, true, Cancel);
        refused.Error!.Code.ShouldBe("server.launch_fault");
        _console.Now(server.Id).State.ShouldBe(Lifecycle.BackingOff);
        _console.Now(running.Id).State.ShouldBe(Lifecycle.Running);

        File.Delete(_world.Data.Server(server.Id));
        await _console.WhenAsync(server.Id, s => s.State == Lifecycle.Running);
    }

    [Fact]
    public async Task A_shared_stdio_server_is_bridged_and_comes_back_behind_the_same_URL()
    {
        var server = await _console.CreateAsync(FakeProgram.Stdio());
        var before = (await _console.Commands.StartAsync(server.Id, Actor.Console, true, Cancel)).Value;
        before.State.ShouldBe(Lifecycle.Running);
        Libc.Kill(before.Run!.Pid, Libc.SigKill);
        var after = await _console.WhenAsync(server.Id, s => s.State == Lifecycle.Running && s.Run!.Pid != before.Run.Pid);
        after.Url.ShouldBe(before.Url);
        await _console.Commands.StopAsync(server.Id, Actor.Console, true, Cancel);
        Marked.ProcessesOf(server.Id).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stdio_server_per_session_has_children_only_while_sessions_last()
    {
        var server = await _console.CreateAsync(FakeProgram.Stdio("--spawn-grandchild", "reparented") with { Sharing = StdioSharing.PerSession });
        var running = (await _console.Commands.StartAsync(server.Id, Actor.Console, true, Cancel)).Value;
        (running.State, running.Run).ShouldBe((Lifecycle.Running, null));
        await Eventually.BeTrueAsync(() => Marked.ProcessesOf(server.Id).Count == 0);
        await _console.Commands.StopAsync(server.Id, Actor.Console, true, Cancel);
        _console.Now(server.Id).State.ShouldBe(Lifecycle.Stopped);
    }
}
