using McpConsole.Domain.Logs;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure;
using McpConsole.Infrastructure.Processes;
using McpConsole.Tests.Servers.Supervised;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpConsole.Tests.Processes;

[Trait("Kind", "Integration")]
public sealed class RunStopperTests : IDisposable
{
    private readonly ServerId _server = new(Guid.NewGuid());
    private readonly Spawner _spawner = new();
    private readonly ExitWatcher _exits = new(TimeProvider.System);
    private readonly RunSweeper _sweeper = new(TimeProvider.System, NullLogger<RunSweeper>.Instance);
    private readonly RunStopper _stopper;
    private readonly ProcessLauncher _launcher;

    public RunStopperTests()
    {
        _stopper = new RunStopper(_sweeper, TimeProvider.System);
        _launcher = new ProcessLauncher(
            _spawner, _exits, _stopper, DataFolder.At(Path.GetTempPath()), TimeProvider.System, NullLogger<ProcessLauncher>.Instance);
    }

    public void Dispose()
    {
        _spawner.Dispose();
        _exits.Dispose();
    }

    [Fact]
    public async Task A_polite_process_ends_by_SIGTERM()
    {
        var process = await LaunchAsync("sleep 600", 1);
        (await _stopper.StopAsync(process, TimeSpan.FromSeconds(60))).SignalName.ShouldBe("SIGTERM");
    }

    [Fact]
    public async Task One_that_ignores_SIGTERM_is_killed_after_the_grace()
    {
        var process = await LaunchAsync("trap '' TERM; sleep 600 & wait; sleep 600", 2);
        (await _stopper.StopAsync(process, TimeSpan.FromMilliseconds(200))).SignalName.ShouldBe("SIGKILL");
        Marked.ProcessesOf(_server).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sleep 600 & wait", 2)]
    [InlineData("setsid sleep 600 & wait", 2)]
    [InlineData("(sleep 600 &) ; exec sleep 601", 2)]
    [InlineData("setsid sh -c 'sleep 600 & setsid sleep 600 &' ; exec sleep 601", 3)]
    [InlineData("trap '' TERM; setsid sh -c \"trap '' TERM; sleep 600 & sleep 600 & wait; sleep 600\" & exec sleep 600", 4)]
    public async Task Stop_leaves_no_grandchild(string script, int processes)
    {
        var process = await LaunchAsync(script, processes);
        await _stopper.StopAsync(process, TimeSpan.FromMilliseconds(300));
        Marked.ProcessesOf(_server).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_dead_leader_left_behind_is_swept()
    {
        var process = await LaunchAsync("setsid sleep 600 & sleep 600 & sleep 600", 4);
        Libc.Kill(process.Pid, Libc.SigKill);
        await process.Exited.WaitAsync(TestContext.Current.CancellationToken);
        (await _sweeper.SweepAsync(process)).ShouldBe(3);
        Marked.ProcessesOf(_server).ShouldBeEmpty();
    }

    [Fact]
    public async Task Runs_of_others_are_left_alone()
    {
        var mine = await LaunchAsync("setsid sleep 600 & sleep 600", 3);
        var other = await LaunchAsync("setsid sleep 600 & sleep 600", 6);
        await _stopper.StopAsync(mine, TimeSpan.FromSeconds(5));
        Marked.ProcessesOf(_server).Count.ShouldBe(3);
        await _stopper.StopAsync(other, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_process_without_the_mark_is_found_by_its_session()
    {
        var process = await LaunchAsync("env -i sleep 600 & wait", 1);
        await Eventually.BeTrueAsync(() => ProcessTable.Pids.Any(p => ProcessStat.Read(p) is { } s && s.Session == process.Pid && s.Pid != process.Pid));
        Libc.Kill(process.Pid, Libc.SigKill);
        await process.Exited.WaitAsync(TestContext.Current.CancellationToken);
        await _sweeper.SweepAsync(process);
        ProcessTable.Pids.Count(p => ProcessStat.Read(p) is { IsZombie: false } s && s.Session == process.Pid).ShouldBe(0);
    }

    private async Task<LiveProcess> LaunchAsync(string script, int processes)
    {
        var plan = new LaunchPlan { Argv = ["/bin/sh", "-c", script] };
        var process = (await _launcher.LaunchAsync(plan, _server, Guid.NewGuid(), new SpoolPaths("/dev/null", "/dev/null"))).Value;
        await Eventually.BeTrueAsync(() => Marked.ProcessesOf(_server).Count >= processes);
        return process;
    }
}
