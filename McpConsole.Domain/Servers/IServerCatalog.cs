using System.Collections.Immutable;
using McpConsole.Domain.State;

namespace McpConsole.Domain.Servers;

/// <summary>All servers as they are now. Reads are lock-free over immutable snapshots and may be made from any thread.</summary>
public interface IServerCatalog
{
    /// <summary>Every server, ordered by name.</summary>
    ImmutableArray<ServerSnapshot> All { get; }

    ServerSnapshot? Find(ServerId id);

    /// <summary>By id or, regardless of case, by name.</summary>
    ServerSnapshot? Find(string idOrName);

    /// <summary>The servers now and each replaced snapshot after; a deleted server is sent once with <c>Deleted</c> set.</summary>
    ISubscription<ServerSnapshot> Subscribe();
}
