using System.Net;
using Microsoft.AspNetCore.Http;

namespace McpConsole.Mcp.Transports;

/// <summary>
/// Keeps web pages out: a page whose name was rebound to this machine's address sends its own name as Host and Origin, and those are
/// accepted only when they name the loopback or a trusted host.
/// </summary>
internal sealed class HostGuard(HttpTransportOptions options)
{
    private readonly bool _open = options.TrustedHosts.Contains("*");

    public bool Allows(HttpRequest request)
    {
        if (_open)
        {
            return true;
        }

        var origin = request.Headers.Origin;
        return IsTrusted(request.Host.Host) && (origin.Count == 0 || (origin.Count == 1 && IsTrustedOrigin(origin[0]!)));
    }

    private bool IsTrustedOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && IsTrusted(uri.Host);

    private bool IsTrusted(string host)
    {
        if (host is "127.0.0.1" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        foreach (var trusted in options.TrustedHosts)
        {
            if (host.Equals(trusted, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        // Only the plain forms count: IPAddress also reads «127.1» and «0x7f000001», which a browser turns into the plain form first.
        return IPAddress.TryParse(host, out var address)
            && (host.Contains(':', StringComparison.Ordinal) || string.Equals(address.ToString(), host, StringComparison.Ordinal))
            && !address.Equals(IPAddress.Any)
            && (IPAddress.IsLoopback(address) || options.TrustAddresses);
    }
}
