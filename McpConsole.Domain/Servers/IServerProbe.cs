using System.Collections.Immutable;

namespace McpConsole.Domain.Servers;

/// <summary>Asks a server over MCP (<c>server/discover</c> or <c>initialize</c>, then <c>tools/list</c>) whether it works.</summary>
public interface IServerProbe
{
    /// <summary>Never throws for what a server does: that is the result. Ends by <paramref name="cancellationToken"/> only.</summary>
    Task<ProbeResult> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken);
}

/// <param name="Url">The MCP endpoint.</param>
/// <param name="Timeout">For the whole probe.</param>
public sealed record ProbeTarget(Uri Url, McpTransport Transport, ImmutableSortedDictionary<string, Secret> Headers, TimeSpan Timeout);

public sealed record ProbeResult(Health Health, int? ToolCount)
{
    public bool Answered => Health.Level is HealthLevel.Healthy or HealthLevel.Degraded;
}
