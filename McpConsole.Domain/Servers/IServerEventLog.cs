using System.Collections.Immutable;
using McpConsole.Domain.State;

namespace McpConsole.Domain.Servers;

/// <summary>Lifecycle events: never lost once accepted (kept in memory while the database is away, then written), streamed live.</summary>
public interface IServerEventLog
{
    /// <summary>Accepts an event; never waits for the database.</summary>
    void Append(ServerEvent value);

    /// <summary>Newest first.</summary>
    Task<ImmutableArray<ServerEvent>> ReadAsync(ServerId? server, int limit, long? beforeSequence, CancellationToken cancellationToken);

    /// <summary>Recent events and each one after.</summary>
    ISubscription<ServerEvent> Subscribe();
}
