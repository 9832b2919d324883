namespace McpConsole.Web.Servers;

/// <summary>What one click does to a server.</summary>
public enum ServerAction
{
    Start,
    Restart,
    Stop,
}
