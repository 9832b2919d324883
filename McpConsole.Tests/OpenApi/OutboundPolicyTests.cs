using System.Net;
using McpConsole.Mcp.OpenApi.Documents;

namespace McpConsole.Tests.OpenApi;

public sealed class OutboundPolicyTests
{
    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%3")]
    [InlineData("fd00:ec2::254")]
    [InlineData("100.100.100.200")]
    [InlineData("224.0.0.1")]
    [InlineData("ff02::1")]
    public void Link_local_and_metadata_addresses_are_never_allowed(string address) =>
        OutboundPolicy.Default.Allows(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fd12::1")]
    [InlineData("::ffff:10.0.0.1")]
    public void Private_addresses_are_allowed_unless_told_otherwise(string address)
    {
        OutboundPolicy.Default.Allows(IPAddress.Parse(address)).ShouldBeTrue();
        (OutboundPolicy.Default with { AllowPrivate = false }).Allows(IPAddress.Parse(address)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:4700::1")]
    public void Public_addresses_are_allowed(string address) =>
        (OutboundPolicy.Default with { AllowPrivate = false }).Allows(IPAddress.Parse(address)).ShouldBeTrue();
}
