namespace McpConsole.Infrastructure.Database;

public enum DatabaseState
{
    /// <summary>Being started and migrated for the first time.</summary>
    Starting,

    Ready,

    /// <summary>Away; what is accepted meanwhile is written when it comes back, which is tried again and again.</summary>
    Unavailable,
}
