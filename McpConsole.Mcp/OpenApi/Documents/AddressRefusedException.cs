using System.Net;

namespace McpConsole.Mcp.OpenApi.Documents;

/// <summary>The host leads to an address that <see cref="OutboundPolicy"/> forbids. Crosses HttpClient, which knows no results.</summary>
internal sealed class AddressRefusedException(string host, IPAddress address)
    : IOException($"{host} is {address}, an address that must not be connected to (link-local, metadata service or private network).");
