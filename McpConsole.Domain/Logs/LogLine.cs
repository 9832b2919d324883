namespace McpConsole.Domain.Logs;

/// <summary>Where a line came from.</summary>
public enum LogStream
{
    Stdout,
    Stderr,

    /// <summary>What the console itself notes about the server: started, exited, restarted and why.</summary>
    Console,

    /// <summary>Recorded JSON-RPC traffic.</summary>
    Traffic,
}

/// <summary>Recognised on reading, not stored.</summary>
public enum LineLevel
{
    Unknown,
    Trace,
    Debug,
    Information,
    Warning,
    Error,
    Critical,
}

/// <summary>One line of a server's log.</summary>
/// <param name="Sequence">Rises by one for each line of the server, from 1, over all its runs.</param>
/// <param name="Text">Decoded, without the line's end; invalid UTF-8 shows as U+FFFD, escape sequences are kept.</param>
/// <param name="Continued">Whether the line was longer than the limit and goes on in the next one.</param>
public sealed record LogLine(long Sequence, DateTimeOffset Time, LogStream Stream, LineLevel Level, string Text, bool Continued = false);
