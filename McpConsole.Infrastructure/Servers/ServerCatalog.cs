using System.Collections.Immutable;
using McpConsole.Domain.Servers;
using McpConsole.Domain.State;

namespace McpConsole.Infrastructure.Servers;

/// <summary>Holds the snapshots; the actors alone replace them.</summary>
internal sealed class ServerCatalog : IServerCatalog
{
    private readonly Broadcast<ServerSnapshot> _broadcast = new();
    private ImmutableDictionary<ServerId, ServerSnapshot> _servers = ImmutableDictionary<ServerId, ServerSnapshot>.Empty;

    public ImmutableArray<ServerSnapshot> All => [.. _servers.Values.OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase)];

    public ServerSnapshot? Find(ServerId id) => _servers.GetValueOrDefault(id);

    public ServerSnapshot? Find(string idOrName) =>
        ServerId.TryParse(idOrName, out var id)
            ? Find(id)
            : _servers.Values.FirstOrDefault(s => string.Equals(s.Name, idOrName, StringComparison.OrdinalIgnoreCase));

    public ISubscription<ServerSnapshot> Subscribe() => _broadcast.Subscribe(() => All);

    /// <summary>Replaces a snapshot whole, or removes it when it is the last of a deleted server.</summary>
    public void Publish(ServerSnapshot snapshot) => _broadcast.Publish(() =>
    {
        _servers = snapshot.Deleted ? _servers.Remove(snapshot.Id) : _servers.SetItem(snapshot.Id, snapshot);
        return snapshot;
    });
}
