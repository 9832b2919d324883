namespace McpConsole.Web.Servers;

/// <summary>What the server form makes a server of.</summary>
public enum LaunchKind
{
    OpenApi,
    Command,
    Remote,
}
