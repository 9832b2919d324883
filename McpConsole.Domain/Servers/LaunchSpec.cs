using System.Collections.Immutable;

namespace McpConsole.Domain.Servers;

/// <summary>What a server is made of: exactly one kind. A new kind is a new subtype and one arm in the launch planner.</summary>
public abstract record LaunchSpec
{
    private protected LaunchSpec()
    {
    }
}

/// <summary>An OpenAPI document that <c>mcpc serve</c> turns into tools.</summary>
public sealed record OpenApiLaunch : LaunchSpec
{
    /// <summary>An http(s) URL or a file path.</summary>
    public required string Document { get; init; }

    /// <summary>Overrides the document's own servers entry.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>The bearer token for the API behind.</summary>
    public Secret? AuthToken { get; init; }

    /// <summary>Sent with each call to the API behind.</summary>
    public ImmutableSortedDictionary<string, Secret> Headers { get; init; } = ImmutableSortedDictionary<string, Secret>.Empty;

    public OperationFilter Operations { get; init; } = OperationFilter.All;

    /// <summary>Whether the running server reloads its tools when the document changes.</summary>
    public bool Watch { get; init; }
}

/// <summary>A program started from an argument list, never through a shell's parsing.</summary>
public sealed record CommandLaunch : LaunchSpec
{
    /// <summary>The program and its arguments; <c>{port}</c> in an argument or an environment value becomes the server's port.</summary>
    public required ImmutableArray<string> Argv { get; init; }

    public string? WorkingDirectory { get; init; }

    public StdioSharing Sharing { get; init; }
}

/// <summary>A server that runs elsewhere; it is watched and called, not started.</summary>
public sealed record RemoteLaunch : LaunchSpec
{
    public required string Url { get; init; }

    public ImmutableSortedDictionary<string, Secret> Headers { get; init; } = ImmutableSortedDictionary<string, Secret>.Empty;
}
