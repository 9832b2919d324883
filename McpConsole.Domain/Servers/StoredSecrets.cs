using System.Collections.Immutable;

namespace McpConsole.Domain.Servers;

/// <summary>The secrets of a definition, whatever its launch kind.</summary>
public sealed record StoredSecrets(Secret? AuthToken, ImmutableSortedDictionary<string, Secret> Headers, ImmutableSortedDictionary<string, Secret> Environment)
{
    private static readonly ImmutableSortedDictionary<string, Secret> s_none = ImmutableSortedDictionary<string, Secret>.Empty;

    public ImmutableArray<Secret> All => [.. Headers.Values, .. Environment.Values, .. AuthToken is { } token ? [token] : Array.Empty<Secret>()];

    public static StoredSecrets Of(ServerDefinition? definition) => new(
        (definition?.Launch as OpenApiLaunch)?.AuthToken,
        definition?.Launch switch
        {
            OpenApiLaunch launch => launch.Headers,
            RemoteLaunch launch => launch.Headers,
            _ => s_none,
        },
        definition?.Environment ?? s_none);
}
