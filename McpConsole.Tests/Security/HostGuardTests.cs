using System.Net;
using McpConsole.Tests.Endpoints;
using Microsoft.AspNetCore.Http;

namespace McpConsole.Tests.Security;

public sealed class HostGuardTests(ConsoleHost host) : IClassFixture<ConsoleHost>
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("localhost:5080")]
    [InlineData("LOCALHOST")]
    [InlineData("127.0.0.1:5080")]
    [InlineData("127.9.9.9")]
    [InlineData("[::1]:5080")]
    [InlineData("192.0.2.7:5080")]
    public async Task Its_own_names_and_addresses_are_answered(string name) =>
        (await StatusAsync("GET", "/api/me", name)).ShouldBe(HttpStatusCode.OK);

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("0.0.0.0:5080")]
    [InlineData("192.0.2.8")]
    [InlineData("")]
    public async Task Another_name_is_refused_before_anything_else(string name) =>
        (await StatusAsync("GET", "/api/me", name)).ShouldBe(HttpStatusCode.MisdirectedRequest);

    [Theory]
    [InlineData("POST", "/api/jobs/health-sweep/run")]
    [InlineData("DELETE", "/api/servers/pets")]
    [InlineData("POST", "/hubs/live/negotiate")]
    [InlineData("POST", "/_blazor/negotiate")]
    [InlineData("POST", "/account/sign-in")]
    public async Task Another_site_may_change_nothing(string method, string path)
    {
        foreach (var origin in (string[])["http://evil.example", "null", "http://localhost:1", "https://localhost:5080", "http://0.0.0.0:5080"])
        {
            (await StatusAsync(method, path, "localhost:5080", origin)).ShouldBe(HttpStatusCode.Forbidden, origin);
        }
    }

    [Fact]
    public async Task Its_own_origin_may() =>
        (await StatusAsync("POST", "/api/jobs/health-sweep/run", "localhost:5080", "http://localhost:5080")).ShouldBe(HttpStatusCode.NoContent);

    [Fact]
    public async Task A_token_opens_no_circuit() =>
        (await StatusAsync("POST", "/_blazor/negotiate", "localhost:5080", "http://localhost:5080")).ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task A_WebSocket_on_the_cookie_needs_an_origin()
    {
        var client = host.Server.CreateWebSocketClient();
        client.ConfigureRequest = request => request.Host = new HostString("localhost");

        var refused = await Should.ThrowAsync<InvalidOperationException>(
            () => client.ConnectAsync(new Uri("ws://localhost/hubs/live"), TestContext.Current.CancellationToken));
        refused.Message.ShouldContain("403");
    }

    [Fact]
    public async Task A_WebSocket_of_another_site_is_refused_even_with_a_token()
    {
        var client = host.Server.CreateWebSocketClient();
        client.ConfigureRequest = request => request.Headers.Origin = "http://evil.example";

        var refused = await Should.ThrowAsync<InvalidOperationException>(() => client.ConnectAsync(
            new Uri($"ws://localhost/hubs/live?access_token={ConsoleHost.Viewer}"), TestContext.Current.CancellationToken));
        refused.Message.ShouldContain("403");
    }

    private async Task<HttpStatusCode> StatusAsync(string method, string path, string name, string? origin = null)
    {
        var context = await host.Server.SendAsync(c =>
        {
            c.Connection.LocalIpAddress = IPAddress.Parse("192.0.2.7");
            c.Request.Method = method;
            c.Request.Path = path;
            c.Request.Host = new HostString(name);
            c.Request.Headers.Authorization = "Bearer " + ConsoleHost.Developer;
            if (origin is not null)
            {
                c.Request.Headers.Origin = origin;
            }
        });
        return (HttpStatusCode)context.Response.StatusCode;
    }
}
