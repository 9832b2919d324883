using System.Collections.Concurrent;
using McpConsole.Domain.Servers;

namespace McpConsole.Tests.Servers.Supervised;

/// <summary>A database that can go away.</summary>
internal sealed class MemoryServerStore : IServerStore
{
    public ConcurrentDictionary<ServerId, StoredServer> Servers { get; } = new();

    public bool IsAway { get; set; }

    public HashSet<ServerId> Unreadable { get; } = [];

    public Task<LoadedServers> LoadAllAsync(CancellationToken cancellationToken) => Run(() => new LoadedServers(
        [.. Servers.Values.Where(s => !Unreadable.Contains(s.Definition.Id))], [.. Unreadable]));

    public Task SaveAsync(ServerDefinition definition, CancellationToken cancellationToken) => Run(() => Servers.AddOrUpdate(
        definition.Id, _ => new StoredServer(definition, false, null), (_, old) => old with { Definition = definition }));

    public Task SaveDesiredAsync(ServerId id, bool shallRun, int? port, CancellationToken cancellationToken) => Run(() =>
        Servers.TryGetValue(id, out var old) && Servers.TryUpdate(id, old with { ShallRun = shallRun, PickedPort = port }, old));

    public Task DeleteAsync(ServerId id, CancellationToken cancellationToken) => Run(() => Servers.TryRemove(id, out _));

    private Task<T> Run<T>(Func<T> work) => IsAway ? Task.FromException<T>(new TimeoutException("The database is away.")) : Task.FromResult(work());
}
