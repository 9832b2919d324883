using System.Collections.Immutable;
using McpConsole.Domain.Servers;

namespace McpConsole.Mcp.Upstream;

/// <summary>A server to speak to.</summary>
/// <param name="Headers">Sent with each request; secrets.</param>
internal sealed record UpstreamTarget(Uri Url, McpTransport Transport, ImmutableSortedDictionary<string, Secret> Headers);
