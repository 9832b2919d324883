namespace McpConsole.Mcp.OpenApi.Documents;

/// <summary>Which version of a document was read.</summary>
/// <param name="Location">Where it came from in the end.</param>
/// <param name="Hash">SHA-256 of its bytes.</param>
/// <param name="ETag">The version that an HTTP server named.</param>
internal sealed record DocumentStamp(Uri Location, byte[] Hash, string? ETag);
