using System.Collections.Immutable;

namespace McpConsole.Domain.Servers;

/// <summary>What an administrator wants a server to be. Immutable; a change replaces it whole and raises <see cref="Revision"/>.</summary>
public sealed record ServerDefinition
{
    public required ServerId Id { get; init; }

    /// <summary>Unique regardless of case; checked by <c>ServerDraftValidator</c>.</summary>
    public required string Name { get; init; }

    public required LaunchSpec Launch { get; init; }

    /// <summary>What the process itself speaks; clients of a <see cref="McpTransport.Stdio"/> server use the console's bridge.</summary>
    public McpTransport Transport { get; init; } = McpTransport.Streamable;

    /// <summary>The TCP port, or null to have one picked from the range when it is first started.</summary>
    public int? Port { get; init; }

    /// <summary>The path of the MCP endpoint, beginning with a slash; null means the transport's usual one.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Added to the process's environment. Values are secrets: they are shown to no one.</summary>
    public ImmutableSortedDictionary<string, Secret> Environment { get; init; } = ImmutableSortedDictionary<string, Secret>.Empty;

    public string? Description { get; init; }

    public bool AutoStart { get; init; }

    /// <summary>Whether the JSON-RPC traffic of a bridged server is recorded in its log as a stream of its own.</summary>
    public bool RecordTraffic { get; init; }

    public RestartRule Restart { get; init; } = new();

    public ResourceLimits Limits { get; init; } = ResourceLimits.None;

    public ImmutableArray<string> Tags { get; init; } = [];

    public int Revision { get; init; } = 1;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The path of the MCP endpoint in force.</summary>
    public string EffectiveEndpoint => Endpoint ?? (Transport == McpTransport.Sse ? "/sse" : "/mcp");
}
