using System.Collections.Immutable;

namespace McpConsole.Mcp.Transports;

/// <summary>How MCP is served over HTTP.</summary>
public sealed record HttpTransportOptions
{
    /// <summary>The path of the MCP endpoint, beginning with a slash.</summary>
    public string Endpoint { get; init; } = "/mcp";

    /// <summary>
    /// Names that a request's Host and Origin may have besides those of the loopback: what a page elsewhere cannot make a browser send.
    /// <c>*</c> stands for every name and switches the check off.
    /// </summary>
    public ImmutableArray<string> TrustedHosts { get; init; } = [];

    /// <summary>Whether any IP address is accepted as a host: a server on all interfaces is called by its address, and an address cannot be rebound.</summary>
    public bool TrustAddresses { get; init; }

    /// <summary>The largest message, in bytes.</summary>
    public int MaxBodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>A session that is not used for so long ends. Open streams and requests under way keep it.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>At the limit, the session that is idle for the longest makes room.</summary>
    public int MaxSessions { get; init; } = 1000;

    /// <summary>What is kept of each stream for a client that comes back, in bytes; at least the last message is.</summary>
    public int ReplayBytes { get; init; } = 1024 * 1024;

    /// <summary>A quiet stream gets a comment this often, so that nothing between here and the client closes it.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(20);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told the number of sessions when it changes; returns at once.</summary>
    public Action<int>? SessionsChanged { get; init; }
}
