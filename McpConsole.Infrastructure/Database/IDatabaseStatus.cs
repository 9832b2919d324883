namespace McpConsole.Infrastructure.Database;

/// <summary>How the database is, for health checks and pages. Thread-safe, never waits.</summary>
public interface IDatabaseStatus
{
    DatabaseState State { get; }

    /// <summary>When <see cref="State"/> was entered.</summary>
    DateTimeOffset Since { get; }

    /// <summary>Why it is not ready, or why it is and does not take what is written; null when all is well.</summary>
    string? Message { get; }

    /// <summary>What it is: «private PostgreSQL in FOLDER», or the server's host and database.</summary>
    string Description { get; }

    /// <summary>Entries accepted and not yet in the database.</summary>
    long Pending { get; }

    /// <summary>Entries given up since the start because neither the database nor the disk took them.</summary>
    long Lost { get; }

    /// <summary>Completes when the database is ready and its schema is up to date; at once when it is.</summary>
    Task WhenReadyAsync(CancellationToken cancellationToken);
}
