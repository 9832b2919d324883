using System.Collections.Immutable;
using McpConsole.Domain.Servers;
using McpConsole.Mcp.OpenApi.Documents;

namespace McpConsole.Mcp.OpenApi.Calls;

/// <summary>How the API behind is called.</summary>
public sealed record ApiAccess
{
    /// <summary>Goes where the operation's security scheme wants it; as a bearer token where the document does not say.</summary>
    public Secret? Token { get; init; }

    /// <summary>Sent with each call to the API's own host. They win over arguments and the token.</summary>
    public ImmutableArray<(string Name, Secret Value)> Headers { get; init; } = [];

    /// <summary>For one call, redirects and the body included. Default 60 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Of a response, in bytes; what is longer is cut, with a note. Default 10 MiB.</summary>
    public int MaxResponseBytes { get; init; } = 10 * 1024 * 1024;

    public OutboundPolicy Outbound { get; init; } = OutboundPolicy.Default;
}
