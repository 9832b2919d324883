using System.Collections.Immutable;

namespace McpConsole.Domain.Servers;

/// <summary>
/// A server as asked for, before it is checked: what REST, the form and imports fill in. Exactly one of <see cref="OpenApiUrl"/>,
/// <see cref="Command"/> and <see cref="Url"/> is set. A secret that equals <see cref="Secret.Mask"/> keeps the stored one.
/// </summary>
public sealed record ServerDraft
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public McpTransport? Transport { get; init; }

    public int? Port { get; init; }

    public string? Endpoint { get; init; }

    public string? OpenApiUrl { get; init; }

    public string? BaseUrl { get; init; }

    public string? AuthToken { get; init; }

    public bool Watch { get; init; }

    public ImmutableSortedDictionary<string, string> Headers { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public OperationFilter? Operations { get; init; }

    public ImmutableArray<string> Command { get; init; } = [];

    public ImmutableSortedDictionary<string, string> Env { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public string? WorkingDirectory { get; init; }

    public StdioSharing Sharing { get; init; }

    public string? Url { get; init; }

    public bool AutoStart { get; init; }

    public bool RecordTraffic { get; init; }

    public RestartRule? Restart { get; init; }

    public ResourceLimits? Limits { get; init; }

    public ImmutableArray<string> Tags { get; init; } = [];
}
