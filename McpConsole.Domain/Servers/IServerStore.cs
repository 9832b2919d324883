using System.Collections.Immutable;

namespace McpConsole.Domain.Servers;

/// <summary>Where definitions and what shall run are kept (the database). Unavailability is thrown as the adapter's exception.</summary>
public interface IServerStore
{
    /// <summary>One that cannot be read does not keep the others from being loaded.</summary>
    Task<LoadedServers> LoadAllAsync(CancellationToken cancellationToken);

    /// <summary>Adds or replaces.</summary>
    Task SaveAsync(ServerDefinition definition, CancellationToken cancellationToken);

    /// <summary>Records whether the server shall run, and on which picked port, so that a new console takes up where this one ended.</summary>
    Task SaveDesiredAsync(ServerId id, bool shallRun, int? port, CancellationToken cancellationToken);

    Task DeleteAsync(ServerId id, CancellationToken cancellationToken);
}

/// <param name="Unreadable">Servers that are there, but whose definitions make no sense to this console.</param>
public sealed record LoadedServers(ImmutableArray<StoredServer> Servers, ImmutableArray<ServerId> Unreadable);

/// <param name="ShallRun">Whether it was running, or meant to, when last seen.</param>
/// <param name="PickedPort">The port picked for it, kept so that its URL does not change.</param>
public sealed record StoredServer(ServerDefinition Definition, bool ShallRun, int? PickedPort);
