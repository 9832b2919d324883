namespace McpConsole.Mcp.OpenApi.Plans;

/// <summary>A document that another one refers to, and the SHA-256 of what it was.</summary>
internal sealed record PlanSource(Uri Location, byte[] Hash);
