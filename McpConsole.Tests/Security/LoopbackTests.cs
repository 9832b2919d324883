using System.Net;
using McpConsole.Tests.Endpoints;

namespace McpConsole.Tests.Security;

/// <summary>Probes and scrapers on this machine need no sign-in; nobody else is let in for that.</summary>
public sealed class LoopbackTests(ConsoleHost host) : IClassFixture<ConsoleHost>
{
    private static readonly IPAddress s_elsewhere = IPAddress.Parse("192.0.2.1");

    public static TheoryData<string> Open =>
        ["/health", "/health/live", "/health/ready", "/health/detailed", "/health/metrics", "/metrics", "/info", "/openapi/v1.json"];

    [Theory]
    [MemberData(nameof(Open))]
    public async Task This_machine_is_answered(string path)
    {
        (await host.GetFromAsync(IPAddress.Loopback, path)).ShouldNotBe(HttpStatusCode.Unauthorized);
        (await host.GetFromAsync(IPAddress.IPv6Loopback, path)).ShouldNotBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [MemberData(nameof(Open))]
    public async Task Others_must_sign_in(string path) => (await host.GetFromAsync(s_elsewhere, path)).ShouldBe(HttpStatusCode.Unauthorized);

    [Theory]
    [MemberData(nameof(Open))]
    public async Task What_a_proxy_forwards_is_not_this_machine(string path)
    {
        (await host.GetFromAsync(IPAddress.Loopback, path, ("X-Forwarded-For", "192.0.2.1"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await host.GetFromAsync(IPAddress.Loopback, path, ("Forwarded", "for=192.0.2.1"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_API_itself_asks_everyone() => (await host.GetFromAsync(IPAddress.Loopback, "/api/servers")).ShouldBe(HttpStatusCode.Unauthorized);
}
