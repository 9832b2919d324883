using System.Diagnostics;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Processes;
using McpConsole.Tests.Servers.Supervised;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpConsole.Tests.Servers;

/// <summary>The console goes and comes back; the servers are none the wiser.</summary>
[Trait("Kind", "Integration")]
public sealed class AdoptionTests : IAsyncLifetime
{
    private readonly ConsoleWorld _world = new();
    private readonly RunFiles _files;

    public AdoptionTests() => _files = new RunFiles(_world.Data, NullLogger<RunFiles>.Instance);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A last console takes up what a failed test left, and stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        await (await _world.StartAsync()).DisposeAsync();
        _world.Dispose();
    }

    [Fact]
    public async Task A_killed_console_finds_every_server_and_starts_none_twice()
    {
        const int Http = 5;
        const int Stdio = 2;
        var program = FakeProgram.Path.Replace("FakeServer", "CrashingConsole", StringComparison.Ordinal);
        using var crashing = Process.Start(new ProcessStartInfo(program, [_world.Data.Root, $"{Http}", $"{Stdio}"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        (await crashing.StandardOutput.ReadLineAsync(Cancel)).ShouldBe("ready");
        var before = RunFiles();
        crashing.Kill();
        await crashing.WaitForExitAsync(Cancel);
        before.Count.ShouldBe(Http + Stdio);
        before.Where(r => !r.Value.HoldsStreams).ShouldAllBe(r => ProcessTable.IsAlive(r.Value.Pid!.Value, r.Value.StartTicks!.Value));

        // The database stays away: the copies in the data folder are enough.
        _world.Store.IsAway = true;
        await using var console = await _world.StartAsync();
        foreach (var (server, run) in before)
        {
            var now = await console.WhenAsync(server, s => s.State == Lifecycle.Running);
            now.Run!.Adopted.ShouldBe(!run.HoldsStreams);
            (now.Run.Pid == run.Pid).ShouldBe(!run.HoldsStreams);
            now.Run.Port.ShouldBe(run.Port);
            Marked.CopiesOf(server).Where(pid => pid == now.Run.Pid).ShouldHaveSingleItem();
            Marked.ProcessesOf(server).Count.ShouldBe(run.HoldsStreams ? 2 : 1);
        }
    }

    [Fact]
    public async Task An_adopted_server_is_supervised_like_any_other()
    {
        var before = await LeaveRunningAsync();
        await using var console = await _world.StartAsync();
        var adopted = await console.WhenAsync(before.Id, s => s.State == Lifecycle.Running);
        (adopted.Run!.Pid, adopted.Run.Adopted, adopted.Run.StartedAt).ShouldBe((before.Run!.Pid, true, before.Run.StartedAt));
        console.Intake.Attached.ShouldContainKey(before.Run.RunId);
        _world.Events.All.ShouldContain(e => e.Kind == ServerEventKind.Adopted);

        Libc.Kill(adopted.Run.Pid, Libc.SigKill);
        var restarted = await console.WhenAsync(before.Id, s => s.State == Lifecycle.Running && s.Run!.Pid != adopted.Run.Pid);
        restarted.Run!.Port.ShouldBe(before.Run.Port);
        (await console.Commands.StopAsync(before.Id, Actor.Console, true, Cancel)).Value.State.ShouldBe(Lifecycle.Stopped);
        Marked.ProcessesOf(before.Id).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_console_killed_between_the_launch_and_its_note_finds_the_process_by_its_marks()
    {
        var before = await LeaveRunningAsync();
        _files.Write(before.Id, _files.Read(before.Id)! with { Pid = null, StartTicks = null });
        await using var console = await _world.StartAsync();
        (await console.WhenAsync(before.Id, s => s.State == Lifecycle.Running)).Run!.Pid.ShouldBe(before.Run!.Pid);
    }

    [Fact]
    public async Task A_run_without_a_note_is_swept_and_started_again()
    {
        var before = await LeaveRunningAsync("--spawn-grandchild", "setsid");
        _files.Delete(before.Id);
        await using var console = await _world.StartAsync();
        var after = await console.WhenAsync(before.Id, s => s.State == Lifecycle.Running);
        after.Run!.Pid.ShouldNotBe(before.Run!.Pid);
        Marked.CopiesOf(before.Id).ShouldContain(after.Run.Pid);
        Marked.ProcessesOf(before.Id).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_run_that_ended_unseen_is_recorded_and_started_again()
    {
        var before = await LeaveRunningAsync();
        Libc.Kill(before.Run!.Pid, Libc.SigKill);
        await Eventually.BeTrueAsync(() => !ProcessTable.IsAlive(before.Run.Pid, before.Run.StartTicks));
        await using var console = await _world.StartAsync();
        await console.WhenAsync(before.Id, s => s.State == Lifecycle.Running);
        _world.Runs.All.Single(r => r.Run.RunId == before.Run.RunId).Exit!.Reason.ShouldBe(ExitReason.Unseen);
        console.Intake.Drained.ShouldContainKey(before.Run.RunId);
    }

    [Fact]
    public async Task What_an_earlier_run_printed_last_is_still_stored()
    {
        var before = await LeaveRunningAsync();
        var earlier = Guid.NewGuid();
        new FileLogIntake(_world.Data).CreateSpool(before.Id, earlier);
        await using var console = await _world.StartAsync();
        await console.WhenAsync(before.Id, s => s.State == Lifecycle.Running);
        console.Intake.Drained.ShouldContainKey(earlier);
        console.Intake.Drained.ShouldNotContainKey(before.Run!.RunId);
    }

    [Fact]
    public async Task A_graceful_stop_takes_the_servers_down_and_the_next_start_brings_them_back()
    {
        ServerSnapshot before;
        await using (var console = await _world.StartAsync())
        {
            before = (await console.RunFakeAsync([])).Value;
        }

        Marked.ProcessesOf(before.Id).ShouldBeEmpty();
        _world.Store.Servers[before.Id].ShallRun.ShouldBeTrue();
        await using var next = await _world.StartAsync();
        (await next.WhenAsync(before.Id, s => s.State == Lifecycle.Running)).Url.ShouldBe(before.Url);
    }

    [Fact]
    public async Task A_stopped_server_stays_stopped_and_an_auto_started_one_starts()
    {
        ServerSnapshot stopped, auto;
        await using (var console = await _world.StartAsync())
        {
            stopped = (await console.RunFakeAsync([])).Value;
            await console.Commands.StopAsync(stopped.Id, Actor.Console, true, Cancel);
            auto = await console.CreateAsync(FakeProgram.Draft() with { AutoStart = true });
        }

        await using var next = await _world.StartAsync();
        await next.WhenAsync(auto.Id, s => s.State == Lifecycle.Running);
        next.Now(stopped.Id).State.ShouldBe(Lifecycle.Stopped);
    }

    [Fact]
    public async Task A_server_that_the_database_no_longer_has_is_ended()
    {
        var before = await LeaveRunningAsync();
        _world.Store.Servers.Clear();
        await using var console = await _world.StartAsync();
        await Eventually.BeTrueAsync(() => console.Catalog.All.IsEmpty && Marked.ProcessesOf(before.Id).Count == 0);
    }

    [Fact]
    public async Task A_second_console_on_the_folder_is_refused()
    {
        await using var first = await _world.StartAsync();
        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => _world.StartAsync());
        refusal.Message.ShouldContain($"pid {Environment.ProcessId}");
        refusal.Message.ShouldContain(_world.Data.Root);
    }

    private async Task<ServerSnapshot> LeaveRunningAsync(params string[] switches)
    {
        await using var console = await _world.StartAsync(options => options.KeepServers = true);
        return (await console.RunFakeAsync(switches)).Value;
    }

    private Dictionary<ServerId, RunFile> RunFiles() => Directory.EnumerateDirectories(_world.Data.Servers)
        .Select(folder => new ServerId(Guid.ParseExact(Path.GetFileName(folder), "N")))
        .ToDictionary(id => id, id => _files.Read(id)!);
}
