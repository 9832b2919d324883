namespace McpConsole.Domain.Servers;

public enum HealthLevel
{
    Unknown,
    Healthy,
    Degraded,
    Unhealthy,
}

/// <summary>Why a server has its health; the key of the translated summary and suggested action.</summary>
public enum HealthCause
{
    /// <summary>Not started, so nothing is known.</summary>
    NotRunning,

    /// <summary>Started, not answered yet.</summary>
    Starting,

    /// <summary>Answered the MCP probe.</summary>
    Answering,

    /// <summary>Answers, but lists no tools.</summary>
    NoTools,

    /// <summary>Answers slower than it should.</summary>
    Slow,

    /// <summary>Nothing listens on its port.</summary>
    ConnectionRefused,

    /// <summary>Accepts connections and does not answer in time.</summary>
    NoAnswer,

    /// <summary>Answers with something that is not MCP.</summary>
    NotMcp,

    /// <summary>Refuses the console's credentials (401 or 403).</summary>
    Unauthorized,

    /// <summary>Answers MCP with an error.</summary>
    ProtocolError,

    /// <summary>The process ended.</summary>
    Exited,

    /// <summary>The program could not be started.</summary>
    LaunchFailed,

    /// <summary>Its port is taken by another program.</summary>
    PortTaken,

    /// <summary>Too many failed starts.</summary>
    BudgetSpent,

    /// <summary>Used more memory than allowed.</summary>
    MemoryLimit,

    /// <summary>The name or address of a remote server does not resolve or is not reachable.</summary>
    Unreachable,
}

/// <summary>What the last look at a server found.</summary>
/// <param name="Detail">What the probe saw, for the reader: an error text, a status; never a secret.</param>
/// <param name="Latency">How long the probe took, where it ran.</param>
public sealed record Health(HealthLevel Level, HealthCause Cause, string? Detail = null, DateTimeOffset? CheckedAt = null, TimeSpan? Latency = null)
{
    public static Health NotRunning { get; } = new(HealthLevel.Unknown, HealthCause.NotRunning);

    public static Health Starting { get; } = new(HealthLevel.Unknown, HealthCause.Starting);
}
