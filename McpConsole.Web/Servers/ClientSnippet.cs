namespace McpConsole.Web.Servers;

/// <summary>What to paste into an MCP client to reach a server.</summary>
/// <param name="Client">A product's name, the same in every language.</param>
/// <param name="Place">The file it belongs to; null for a command line.</param>
public sealed record ClientSnippet(string Client, string? Place, string Text);
