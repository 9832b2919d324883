using McpConsole.Mcp.Transports;
using Microsoft.AspNetCore.Http;

namespace McpConsole.Tests.Transports;

/// <summary>The cases of process-compose's fix of GHSA-5gm3-9crp-6g3v, and some more.</summary>
public sealed class HostGuardTests
{
    [Theory]
    [InlineData("127.0.0.1:3322", null, true)]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("127.8.9.10:80", null, true)]
    [InlineData("localhost:3322", null, true)]
    [InlineData("LOCALHOST", null, true)]
    [InlineData("[::1]:3322", null, true)]
    [InlineData("127.0.0.1:3322", "http://localhost:6274", true)]
    [InlineData("127.0.0.1:3322", "https://127.0.0.1", true)]
    [InlineData("127.0.0.1:3322", "http://[::1]:8080", true)]
    [InlineData("evil.example.com", null, false)]
    [InlineData("evil.example.com:3322", "http://evil.example.com:3322", false)]
    [InlineData("localhost.evil.example.com", null, false)]
    [InlineData("127.0.0.1.evil.example.com", null, false)]
    [InlineData("127.0.0.1:3322", "http://evil.example.com", false)]
    [InlineData("127.0.0.1:3322", "null", false)]
    [InlineData("127.0.0.1:3322", "", false)]
    [InlineData("127.0.0.1:3322", "file:///etc/passwd", false)]
    [InlineData("127.0.0.1:3322", "http://0.0.0.0:3322", false)]
    [InlineData("", null, false)]
    [InlineData("0.0.0.0:3322", null, false)]
    [InlineData("2130706433", null, false)]
    [InlineData("127.1", null, false)]
    [InlineData("192.168.1.5:3322", null, false)]
    public void Only_the_loopback_is_trusted_by_itself(string host, string? origin, bool allowed) =>
        Allows(new HttpTransportOptions(), host, origin).ShouldBe(allowed);

    [Theory]
    [InlineData("mcp.example.com:3322", "http://mcp.example.com:3322", true)]
    [InlineData("MCP.example.com", null, true)]
    [InlineData("other.example.com", null, false)]
    [InlineData("192.168.1.5", null, false)]
    public void A_name_can_be_trusted_besides(string host, string? origin, bool allowed) =>
        Allows(new HttpTransportOptions { TrustedHosts = ["mcp.example.com"] }, host, origin).ShouldBe(allowed);

    [Theory]
    [InlineData("192.168.1.5:3322", null, true)]
    [InlineData("evil.example.com", null, false)]
    [InlineData("192.168.1.5:3322", "http://evil.example.com", false)]
    public void On_all_interfaces_any_address_is_trusted_but_no_name(string host, string? origin, bool allowed) =>
        Allows(new HttpTransportOptions { TrustAddresses = true }, host, origin).ShouldBe(allowed);

    [Fact]
    public void A_star_switches_the_check_off() =>
        Allows(new HttpTransportOptions { TrustedHosts = ["*"] }, "evil.example.com", "http://evil.example.com").ShouldBeTrue();

    private static bool Allows(HttpTransportOptions options, string host, string? origin)
    {
        var context = new DefaultHttpContext();
        context.Request.Host = new HostString(host);
        if (origin is not null)
        {
            context.Request.Headers.Origin = origin;
        }

        return new HostGuard(options).Allows(context.Request);
    }
}
