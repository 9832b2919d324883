using System.Security.Cryptography;

namespace McpConsole.Mcp.OpenApi.Documents;

/// <summary>A document as it was read, before it is parsed.</summary>
/// <param name="Location">Where it came from in the end, redirects followed: relative references start here.</param>
/// <param name="ETag">The version that an HTTP server named.</param>
internal sealed record DocumentText(Uri Location, byte[] Content, string? ETag = null)
{
    public DocumentStamp Stamp => new(Location, SHA256.HashData(Content), ETag);
}
