using System.Net;
using System.Net.Sockets;
using System.Text;

namespace McpConsole.Mcp.OpenApi.Documents;

/// <summary>
/// Makes the HTTP handler for every fetch and call. The address is checked where it is connected to, after the name was resolved, so
/// neither a redirect nor a name that changes its address between check and use gets around the policy. A proxy named in the environment
/// is used as usual; behind one, the proxy's own rules hold for what it connects to.
/// </summary>
internal static class OutboundHandler
{
    public static SocketsHttpHandler Create(OutboundPolicy policy, TimeSpan connectTimeout) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = connectTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(policy, context.DnsEndPoint, cancellationToken),
    };

    private static async ValueTask<Stream> ConnectAsync(OutboundPolicy policy, DnsEndPoint endPoint, CancellationToken cancellationToken)
    {
        var resolved = await Dns.GetHostAddressesAsync(endPoint.Host, cancellationToken);
        var allowed = Array.FindAll(resolved, policy.Allows);
        if (allowed.Length == 0 && resolved.Length > 0)
        {
            throw new AddressRefusedException(endPoint.Host, resolved[0]);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, endPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
