using System.Collections.Immutable;

namespace McpConsole.Domain.Processes;

/// <summary>Why a run ended.</summary>
public enum ExitReason
{
    /// <summary>By itself.</summary>
    Exited,

    /// <summary>By a signal from outside, or a crash.</summary>
    Signalled,

    /// <summary>Asked to stop.</summary>
    Stopped,

    /// <summary>Never answered MCP in the time it has to start.</summary>
    StartTimeout,

    /// <summary>Used more memory than allowed.</summary>
    MemoryLimit,

    /// <summary>Lived on without answering MCP, and was ended to be started afresh.</summary>
    Unresponsive,

    /// <summary>Found gone when the console came back; nobody saw how.</summary>
    Unseen,

    /// <summary>Could not be launched at all.</summary>
    LaunchFailed,
}

/// <param name="Code">The exit code; null for a signal or where nobody saw it.</param>
/// <param name="Signal">The signal's name, for example SIGKILL.</param>
/// <param name="StderrTail">The last lines of its standard error, oldest first, secrets masked.</param>
public sealed record ExitInfo(DateTimeOffset At, ExitReason Reason, int? Code, string? Signal, ImmutableArray<string> StderrTail);
