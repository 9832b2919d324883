namespace McpConsole.Infrastructure.Database;

/// <summary>Something that accepts entries before the database has them.</summary>
internal interface IPendingWrites
{
    long Pending { get; }

    long Lost { get; }

    /// <summary>Why the last attempt to write did not succeed; null after one that did.</summary>
    string? Fault { get; }
}
