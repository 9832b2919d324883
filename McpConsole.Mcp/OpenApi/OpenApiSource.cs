using McpConsole.Domain.Servers;

namespace McpConsole.Mcp.OpenApi;

/// <summary>What tools are made of.</summary>
/// <param name="Document">A file path or an http(s) URL.</param>
/// <param name="BaseUrl">Overrides every server that the document names.</param>
public sealed record OpenApiSource(string Document, string? BaseUrl, OperationFilter Operations);
