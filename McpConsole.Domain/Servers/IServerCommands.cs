using McpConsole.Domain.Accounts;
using McpConsole.Domain.Results;

namespace McpConsole.Domain.Servers;

/// <summary>
/// Everything that changes a server. Commands on one server are serialised by its actor: parallel calls never make two copies. Each
/// command checks the actor's role, validates, writes the audit log, and publishes events; pages, REST and imports all come through here.
/// </summary>
public interface IServerCommands
{
    Task<Result<ServerSnapshot>> CreateAsync(ServerDraft draft, Actor actor, CancellationToken cancellationToken);

    /// <summary>Replaces the definition; a running server goes on with the old one until it is restarted.</summary>
    Task<Result<ServerSnapshot>> UpdateAsync(ServerId id, ServerDraft draft, Actor actor, CancellationToken cancellationToken);

    /// <summary>Stops it first; its logs go too.</summary>
    Task<Result<Done>> DeleteAsync(ServerId id, Actor actor, CancellationToken cancellationToken);

    /// <summary>Completes when it runs (answered MCP), failed, or <paramref name="wait"/> is false and the command was accepted.</summary>
    Task<Result<ServerSnapshot>> StartAsync(ServerId id, Actor actor, bool wait, CancellationToken cancellationToken);

    /// <summary>Completes when nothing of it is left.</summary>
    Task<Result<ServerSnapshot>> StopAsync(ServerId id, Actor actor, bool wait, CancellationToken cancellationToken);

    Task<Result<ServerSnapshot>> RestartAsync(ServerId id, Actor actor, bool wait, CancellationToken cancellationToken);

    /// <summary>Probes it now and publishes what was found.</summary>
    Task<Result<Health>> CheckHealthAsync(ServerId id, CancellationToken cancellationToken);
}
