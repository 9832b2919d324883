using System.Collections.Immutable;
using McpConsole.Domain.Servers;

namespace McpConsole.Domain.Processes;

/// <summary>The run history. Writes are accepted at once and reach the database later when it is away; none is lost while the console lives.</summary>
public interface IRunStore
{
    /// <summary>Adds or replaces by run id.</summary>
    void Record(RunRecord run);

    /// <summary>Newest first.</summary>
    Task<ImmutableArray<RunRecord>> ReadAsync(ServerId server, int limit, CancellationToken cancellationToken);
}
