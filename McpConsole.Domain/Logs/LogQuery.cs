using System.Collections.Immutable;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;

namespace McpConsole.Domain.Logs;

/// <summary>What to look for; every condition given must hold.</summary>
public sealed record LogQuery
{
    /// <summary>A literal, matched regardless of ASCII case, or a regular expression (non-backtracking) when <see cref="Regex"/> is set.</summary>
    public string? Text { get; init; }

    public bool Regex { get; init; }

    /// <summary>Keeps lines of this level and above; null keeps all.</summary>
    public LineLevel? MinimumLevel { get; init; }

    public LogStream? Stream { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>Keeps lines with a smaller sequence: the way to page back.</summary>
    public long? Before { get; init; }

    /// <summary>The number of lines wanted, newest ones.</summary>
    public int Limit { get; init; } = 100;

    public bool IsUnfiltered => Text is null or "" && MinimumLevel is null && Stream is null && Since is null && Until is null;
}

/// <param name="Lines">Oldest first.</param>
/// <param name="More">Whether older lines match too.</param>
public sealed record LogPage(IReadOnlyList<LogLine> Lines, bool More);

/// <summary>A step of a search over one or all servers: what it found since the last step, and how far it is.</summary>
/// <param name="Hits">Newest first within a server.</param>
/// <param name="ScannedBytes">So far, of <paramref name="TotalBytes"/>.</param>
/// <param name="ReachedBack">The time of the oldest line looked at so far.</param>
public sealed record LogSearchProgress(IReadOnlyList<LogHit> Hits, long ScannedBytes, long TotalBytes, DateTimeOffset? ReachedBack)
{
    /// <summary>Why the search ended before it was through: a wrong pattern, or too long a time. It is then the last step.</summary>
    public Error? Error { get; init; }

    /// <summary>Servers whose logs, or the rest of them, cannot be read: they were passed over.</summary>
    public ImmutableArray<ServerId> Unreadable { get; init; } = [];
}

public sealed record LogHit(ServerId Server, LogLine Line);

/// <param name="FirstSequence">The oldest line kept; 0 when there is none.</param>
/// <param name="LastSequence">The newest.</param>
/// <param name="Bytes">On disk, compressed segments as they are.</param>
public sealed record LogExtent(long FirstSequence, long LastSequence, long Bytes);
