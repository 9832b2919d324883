using McpConsole.Domain.Processes;

namespace McpConsole.Infrastructure.Servers;

/// <summary>Who is told what goes on within a run. Neither may block.</summary>
/// <param name="ConnectionsChanged">The number of MCP sessions on the console's bridge.</param>
/// <param name="Sampled">What the children of all sessions use, where each session has its own.</param>
internal sealed record RunObserver(Action<int> ConnectionsChanged, Action<ResourceSample> Sampled);
