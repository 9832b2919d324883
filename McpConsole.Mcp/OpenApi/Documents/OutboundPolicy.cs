using System.Net;
using System.Net.Sockets;

namespace McpConsole.Mcp.OpenApi.Documents;

/// <summary>
/// The addresses that an outgoing connection may reach. Link-local addresses and the metadata services of clouds are always refused: no
/// API lives there, and what answers there hands out credentials. A console reads documents from its own network, so private and loopback
/// addresses are allowed unless told otherwise.
/// </summary>
public sealed record OutboundPolicy
{
    private static readonly IPNetwork[] s_never =
    [
        IPNetwork.Parse("169.254.0.0/16"), // link-local, with the metadata service of most clouds
        IPNetwork.Parse("100.100.100.200/32"), // metadata service of Alibaba Cloud
        IPNetwork.Parse("fe80::/10"),
        IPNetwork.Parse("fd00:ec2::254/128"), // metadata service of AWS
        IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("ff00::/8"),
    ];

    private static readonly IPNetwork[] s_private =
    [
        IPNetwork.Parse("0.0.0.0/8"), // Linux connects 0.0.0.0 to the loopback interface
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("::/127"),
        IPNetwork.Parse("fc00::/7"),
    ];

    // RFC 6052: the last four bytes of such an address are an IPv4 address.
    private static readonly IPNetwork s_translated = IPNetwork.Parse("64:ff9b::/96");

    public static OutboundPolicy Default { get; } = new();

    public bool AllowPrivate { get; init; } = true;

    public bool Allows(IPAddress address)
    {
        var plain = Plain(address);
        return !Array.Exists(s_never, network => network.Contains(plain))
            && (AllowPrivate || !Array.Exists(s_private, network => network.Contains(plain)));
    }

    private static IPAddress Plain(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
            : s_translated.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(12))
            : new IPAddress(address.GetAddressBytes());
    }
}
