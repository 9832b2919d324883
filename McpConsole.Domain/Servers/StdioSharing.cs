namespace McpConsole.Domain.Servers;

/// <summary>How the sessions on a bridged stdio server's URL share its child process.</summary>
public enum StdioSharing
{
    /// <summary>One child for all sessions.</summary>
    Shared,

    /// <summary>One child for each session, started with it and ended with it.</summary>
    PerSession,
}
