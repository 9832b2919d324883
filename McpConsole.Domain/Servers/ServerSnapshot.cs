using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;

namespace McpConsole.Domain.Servers;

/// <summary>A server as it is now: immutable, replaced whole, with a <see cref="Version"/> that only rises.</summary>
public sealed record ServerSnapshot
{
    public required ServerDefinition Definition { get; init; }

    /// <summary>Rises by one with each replacement.</summary>
    public required long Version { get; init; }

    public Lifecycle State { get; init; } = Lifecycle.Stopped;

    /// <summary>When <see cref="State"/> was entered.</summary>
    public required DateTimeOffset Since { get; init; }

    public Health Health { get; init; } = Health.NotRunning;

    /// <summary>The live run; null when there is none, and always for a remote server.</summary>
    public RunInfo? Run { get; init; }

    /// <summary>Where MCP clients connect, while <see cref="State"/> is starting or running: the server's own URL, or the bridge's.</summary>
    public string? Url { get; init; }

    /// <summary>Restarts by the console since the server was last started by someone.</summary>
    public int RestartCount { get; init; }

    /// <summary>When the next start is due, while backing off.</summary>
    public DateTimeOffset? NextStartAt { get; init; }

    /// <summary>How the run before ended.</summary>
    public ExitInfo? LastExit { get; init; }

    /// <summary>Why the last command or start did not succeed; cleared by success.</summary>
    public Error? Error { get; init; }

    /// <summary>How many tools the last probe listed.</summary>
    public int? ToolCount { get; init; }

    /// <summary>MCP sessions on the console's bridge; null where clients connect to the server itself.</summary>
    public int? Connections { get; init; }

    /// <summary>The last sample of its process group.</summary>
    public ResourceSample? Resources { get; init; }

    /// <summary>Set in the last snapshot of a deleted server.</summary>
    public bool Deleted { get; init; }

    public ServerId Id => Definition.Id;

    public string Name => Definition.Name;
}
