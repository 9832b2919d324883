namespace McpConsole.Domain.Servers;

/// <summary>Where a server is in its life; says nothing of its health. See <see cref="ServerTransitions"/>.</summary>
public enum Lifecycle
{
    Stopped,

    /// <summary>The process is being launched, or runs and has not answered MCP yet.</summary>
    Starting,

    /// <summary>It answered MCP.</summary>
    Running,

    Stopping,

    /// <summary>It ended by itself and waits to be started again.</summary>
    BackingOff,

    /// <summary>Given up until someone starts it.</summary>
    Failed,
}
