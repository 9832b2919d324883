namespace McpConsole.Infrastructure.Database;

/// <summary>Something that accepts entries before the database has them.</summary>
internal interface IPendingWrites
{
    long Pending { get; }

    long Lost { get; }
}
