using System.Collections.Immutable;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Servers;
using McpConsole.Tests.Servers.Supervised;

namespace McpConsole.Tests.Servers;

/// <summary>What every command checks and records, on servers that need no process.</summary>
public sealed class ServerCommandsTests : IAsyncLifetime
{
    private static readonly Actor s_developer = new("dora", Role.Developer, "10.0.0.7");
    private static readonly Actor s_viewer = new("vic", Role.Viewer, "10.0.0.8");

    private static readonly ServerDraft s_draft = new()
    {
        Name = "far",
        Url = "http://127.0.0.1:1/mcp",
        Headers = ImmutableSortedDictionary<string, string>.Empty.Add("Authorization", "Bearer s3cret"),
    };

    private readonly ConsoleWorld _world = new();
    private readonly SwitchedProbe _probe = new();
    private SupervisedConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IServerCommands Commands => _console.Commands;

    public async ValueTask InitializeAsync() => _console = await _world.StartAsync(probe: _probe);

    public async ValueTask DisposeAsync()
    {
        await _console.DisposeAsync();
        _world.Dispose();
    }

    [Fact]
    public async Task A_viewer_may_change_nothing()
    {
        var server = await _console.CreateAsync(s_draft);
        string?[] codes =
        [
            (await Commands.CreateAsync(s_draft with { Name = "b" }, s_viewer, Cancel)).Error?.Code,
            (await Commands.UpdateAsync(server.Id, s_draft, s_viewer, Cancel)).Error?.Code,
            (await Commands.DeleteAsync(server.Id, s_viewer, Cancel)).Error?.Code,
            (await Commands.StartAsync(server.Id, s_viewer, true, Cancel)).Error?.Code,
            (await Commands.StopAsync(server.Id, s_viewer, true, Cancel)).Error?.Code,
            (await Commands.RestartAsync(server.Id, s_viewer, true, Cancel)).Error?.Code,
        ];
        codes.ShouldAllBe(code => code == "server.forbidden");
        _console.Catalog.All.ShouldHaveSingleItem().Version.ShouldBe(1);
        _world.Audit.All.Count(e => e is { Actor: "vic", Outcome: "server.forbidden" }).ShouldBe(6);
    }

    [Fact]
    public async Task Every_change_is_recorded_without_secrets()
    {
        var id = (await Commands.CreateAsync(s_draft, s_developer, Cancel)).Value.Id;
        await Commands.UpdateAsync(id, s_draft with { Name = "farther" }, s_developer, Cancel);
        await Commands.StartAsync(id, s_developer, true, Cancel);
        await Commands.StopAsync(id, s_developer, true, Cancel);
        await Commands.DeleteAsync(id, s_developer, Cancel);
        var entries = _world.Audit.All.ToList();
        entries.Select(e => e.Action).ShouldBe(["server.create", "server.update", "server.start", "server.stop", "server.delete"]);
        entries.ShouldAllBe(e => e.Actor == "dora" && e.Address == "10.0.0.7" && e.Outcome == "ok");
        entries[1].Before!.ShouldContain("\"far\"");
        entries[1].After!.ShouldContain("\"farther\"");
        string.Concat(entries.Select(e => e.Before + e.After)).ShouldNotContain("s3cret");
    }

    [Theory]
    [InlineData("far")]
    [InlineData("FAR")]
    public async Task A_name_is_given_once(string name)
    {
        await _console.CreateAsync(s_draft);
        var error = (await Commands.CreateAsync(s_draft with { Name = name }, s_developer, Cancel)).Error!;
        (error.Code, error.Field).ShouldBe(("server.name_taken", "name"));
    }

    [Fact]
    public async Task Of_many_creations_with_one_name_one_succeeds()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Commands.CreateAsync(s_draft, s_developer, Cancel))));
        results.Count(r => r.IsOk).ShouldBe(1);
        _console.Catalog.All.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Of_many_changes_each_builds_on_the_one_before()
    {
        var server = await _console.CreateAsync(s_draft);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Commands.UpdateAsync(server.Id, server.Definition.ToDraft(), s_developer, Cancel))));
        _console.Now(server.Id).Definition.Revision.ShouldBe(11);
        _world.Store.Servers[server.Id].Definition.Revision.ShouldBe(11);
    }

    [Fact]
    public async Task A_change_does_not_bring_a_server_back_that_is_being_deleted()
    {
        for (var i = 0; i < 20; i++)
        {
            var server = await _console.CreateAsync(s_draft);
            await Task.WhenAll(
                Task.Run(() => Commands.UpdateAsync(server.Id, s_draft, s_developer, Cancel)),
                Task.Run(() => Commands.DeleteAsync(server.Id, s_developer, Cancel)),
                Task.Run(() => Commands.UpdateAsync(server.Id, s_draft, s_developer, Cancel)));
            _world.Store.Servers.ShouldBeEmpty();
            _console.Catalog.All.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_server_may_keep_its_own_name()
    {
        var server = await _console.CreateAsync(s_draft);
        (await Commands.UpdateAsync(server.Id, server.Definition.ToDraft(), s_developer, Cancel)).Value.Definition.Revision.ShouldBe(2);
    }

    [Fact]
    public async Task A_wrong_draft_is_refused_with_all_its_faults()
    {
        var result = await Commands.CreateAsync(s_draft with { Name = "", Port = 0 }, s_developer, Cancel);
        result.Errors.Select(e => e.Field).ShouldBe(["name", "port"]);
        _console.Catalog.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_server_is_not_found()
    {
        var id = new ServerId(Guid.NewGuid());
        (await Commands.StartAsync(id, s_developer, true, Cancel)).Error!.Code.ShouldBe("server.not_found");
        (await Commands.UpdateAsync(id, s_draft, s_developer, Cancel)).Error!.Code.ShouldBe("server.not_found");
        (await Commands.DeleteAsync(id, s_developer, Cancel)).Error!.Code.ShouldBe("server.not_found");
        (await Commands.CheckHealthAsync(id, Cancel)).Error!.Code.ShouldBe("server.not_found");
    }

    [Fact]
    public async Task A_start_that_is_not_waited_for_is_accepted_at_once()
    {
        _probe.Answers = false;
        var server = await _console.CreateAsync(s_draft);
        (await Commands.StartAsync(server.Id, s_developer, wait: false, Cancel)).IsOk.ShouldBeTrue();
        await Eventually.BeTrueAsync(() => _console.Now(server.Id).State == Lifecycle.Starting);
        _probe.Answers = true;
        await Eventually.BeTrueAsync(() => _console.Now(server.Id).State == Lifecycle.Running);
    }

    [Fact]
    public async Task Health_is_looked_at_on_request()
    {
        var server = await _console.CreateAsync(s_draft);
        (await Commands.CheckHealthAsync(server.Id, Cancel)).Value.ShouldBe(Health.NotRunning);
        await Commands.StartAsync(server.Id, s_developer, true, Cancel);
        _probe.Answers = false;
        (await Commands.CheckHealthAsync(server.Id, Cancel)).Value.Level.ShouldBe(HealthLevel.Degraded);
        (await Commands.CheckHealthAsync(server.Id, Cancel)).Value.Level.ShouldBe(HealthLevel.Degraded);
        (await Commands.CheckHealthAsync(server.Id, Cancel)).Value.Level.ShouldBe(HealthLevel.Unhealthy);
        _probe.Answers = true;
        (await Commands.CheckHealthAsync(server.Id, Cancel)).Value.Level.ShouldBe(HealthLevel.Healthy);
        _world.Events.All.Count(e => e.Kind == ServerEventKind.HealthChanged).ShouldBe(3);
    }

    [Fact]
    public async Task The_catalog_finds_by_id_and_by_name_and_lists_by_name()
    {
        var b = await _console.CreateAsync(s_draft with { Name = "b" });
        var a = await _console.CreateAsync(s_draft with { Name = "A" });
        _console.Catalog.All.Select(s => s.Name).ShouldBe(["A", "b"]);
        _console.Catalog.Find(a.Id.ToString())!.Name.ShouldBe("A");
        _console.Catalog.Find("B")!.Id.ShouldBe(b.Id);
        _console.Catalog.Find("c").ShouldBeNull();
    }

    [Fact]
    public async Task Versions_rise_by_one()
    {
        using var follower = _console.Catalog.Subscribe();
        var server = await _console.CreateAsync(s_draft);
        await Commands.StartAsync(server.Id, s_developer, true, Cancel);
        await Commands.StopAsync(server.Id, s_developer, true, Cancel);
        var states = new List<Lifecycle>();
        var version = 0L;
        await foreach (var snapshot in follower.ReadAllAsync(Cancel))
        {
            snapshot.Version.ShouldBe(++version);
            states.Add(snapshot.State);
            if (snapshot.State == Lifecycle.Stopped && version > 1)
            {
                break;
            }
        }

        states.Distinct().ShouldBe([Lifecycle.Stopped, Lifecycle.Starting, Lifecycle.Running, Lifecycle.Stopping]);
    }

    private sealed class SwitchedProbe : IServerProbe
    {
        public bool Answers { get; set; } = true;

        public Task<ProbeResult> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken) => Task.FromResult(Answers
            ? new ProbeResult(new Health(HealthLevel.Healthy, HealthCause.Answering), 3)
            : new ProbeResult(new Health(HealthLevel.Unhealthy, HealthCause.NoAnswer), null));
    }
}
