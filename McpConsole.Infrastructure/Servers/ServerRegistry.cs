using System.Collections.Concurrent;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Processes;

namespace McpConsole.Infrastructure.Servers;

/// <summary>The actors by server.</summary>
internal sealed class ServerRegistry(ActorParts parts, PortAllocator ports)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<ServerId, ServerActor> _actors = new();

    public ICollection<ServerActor> All => _actors.Values;

    public ServerActor? Find(ServerId id) => _actors.GetValueOrDefault(id);

    /// <summary>The server's actor: the one that is there already, or a new one.</summary>
    public ServerActor Add(StoredServer server)
    {
        lock (_lock)
        {
            return Find(server.Definition.Id) ?? Make(server);
        }
    }

    /// <summary>False when someone else has removed it already.</summary>
    public bool Remove(ServerId id) => _actors.TryRemove(id, out _);

    private ServerActor Make(StoredServer server)
    {
        if ((server.Definition.Port ?? server.PickedPort) is { } port)
        {
            ports.Reserve(server.Definition.Id, port);
        }

        var actor = new ServerActor(server, parts);
        _actors[server.Definition.Id] = actor;
        return actor;
    }
}
