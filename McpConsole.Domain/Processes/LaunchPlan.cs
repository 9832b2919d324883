using System.Collections.Immutable;
using McpConsole.Domain.Servers;

namespace McpConsole.Domain.Processes;

/// <summary>
/// Exactly what is executed: made by <see cref="LaunchPlanner"/> alone, shown by the command-line page, run by the launcher.
/// </summary>
public sealed record LaunchPlan
{
    /// <summary>The program and its arguments. A secret is never among them (every user can list them): it goes by the environment.</summary>
    public required ImmutableArray<string> Argv { get; init; }

    /// <summary>Added to the inherited environment; may be shown.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Added to the inherited environment; shown to no one.</summary>
    public ImmutableSortedDictionary<string, Secret> SecretEnvironment { get; init; } = ImmutableSortedDictionary<string, Secret>.Empty;

    public string? WorkingDirectory { get; init; }

    /// <summary>The TCP port it will listen on; null where it has none.</summary>
    public int? Port { get; init; }

    /// <summary>Where the process itself will answer MCP over HTTP; null for stdio.</summary>
    public Uri? Url { get; init; }

    public ResourceLimits Limits { get; init; } = ResourceLimits.None;

    /// <summary>True where the console holds the child's standard input and output: it then dies with the console.</summary>
    public bool IsStdio { get; init; }
}
