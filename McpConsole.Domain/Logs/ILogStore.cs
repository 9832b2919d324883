using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;

namespace McpConsole.Domain.Logs;

/// <summary>Reads the servers' logs. All members may be called from any thread.</summary>
public interface ILogStore
{
    /// <summary>The newest lines that match, oldest first. A wrong regular expression is an error value.</summary>
    Task<Result<LogPage>> ReadAsync(ServerId server, LogQuery query, CancellationToken cancellationToken);

    /// <summary>Lines from <paramref name="firstSequence"/> on, at most <paramref name="count"/>; fewer where the log ends.</summary>
    Task<IReadOnlyList<LogLine>> ReadRangeAsync(ServerId server, long firstSequence, int count, CancellationToken cancellationToken);

    /// <summary>Searches newest first, over all servers when none are named; each step reports hits and progress. Cancelling ends it.</summary>
    IAsyncEnumerable<LogSearchProgress> SearchAsync(IReadOnlyCollection<ServerId> servers, LogQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Follows from after <paramref name="afterSequence"/> (null: from now on): batches of lines, first from disk, then live. A follower
    /// that is too slow skips ahead, and the batch says how many lines it skipped; the lines themselves stay on disk.
    /// </summary>
    IAsyncEnumerable<LogBatch> FollowAsync(ServerId server, long? afterSequence, CancellationToken cancellationToken);

    LogExtent Extent(ServerId server);

    /// <summary>Copies the raw log, oldest first, as it stands on disk: <c>TIME STREAM TEXT</c> per line.</summary>
    Task CopyRawAsync(ServerId server, Stream destination, CancellationToken cancellationToken);

    /// <summary>Deletes everything older than what the retention settings keep; returns the bytes freed.</summary>
    Task<long> ApplyRetentionAsync(CancellationToken cancellationToken);

    /// <summary>Why lines cannot be stored at the moment (disk full, folder gone); null when they can.</summary>
    string? Fault { get; }
}

/// <param name="Skipped">Lines left out before this batch because the follower was too slow.</param>
public sealed record LogBatch(IReadOnlyList<LogLine> Lines, long Skipped);
