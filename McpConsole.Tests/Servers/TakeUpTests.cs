using McpConsole.Domain.Servers;
using McpConsole.Tests.Servers.Supervised;

namespace McpConsole.Tests.Servers;

/// <summary>What is wrong with one server does not keep the console from the others.</summary>
public sealed class TakeUpTests : IDisposable
{
    private readonly ConsoleWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_server_whose_stored_definition_cannot_be_read_is_kept_by_its_copy()
    {
        var (kept, gone) = await LeaveTwoAsync();
        _world.Store.Unreadable.Add(kept);
        _world.Store.Servers.TryRemove(gone, out _).ShouldBeTrue();

        await using (var console = await _world.StartAsync())
        {
            await Eventually.BeTrueAsync(() => console.Catalog.Find(gone) is null);
        }

        Directory.Exists(_world.Data.Server(gone)).ShouldBeFalse();
        Directory.Exists(_world.Data.Server(kept)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_folder_that_makes_no_sense_costs_its_own_server_alone()
    {
        var (broken, sound) = await LeaveTwoAsync();
        var spool = Directory.CreateDirectory(Path.Combine(_world.Data.Server(broken), "spool"));
        await File.WriteAllTextAsync(Path.Combine(spool.FullName, "nonsense.out"), "", TestContext.Current.CancellationToken);

        await using var console = await _world.StartAsync();

        console.Now(broken).State.ShouldBe(Lifecycle.Stopped);
        console.Now(sound).State.ShouldBe(Lifecycle.Stopped);
    }

    private async Task<(ServerId First, ServerId Second)> LeaveTwoAsync()
    {
        await using var console = await _world.StartAsync();
        var far = new ServerDraft { Name = "first", Url = "http://127.0.0.1:1/mcp" };
        return ((await console.CreateAsync(far)).Id, (await console.CreateAsync(far with { Name = "second" })).Id);
    }
}
