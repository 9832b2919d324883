using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using McpConsole.Domain.Servers;
using McpConsole.Mcp.Upstream;
using McpConsole.Tests.Transports;
using Microsoft.AspNetCore.Http;

namespace McpConsole.Tests.Upstream;

[Trait("Kind", "Integration")]
public sealed class ServerProbeTests : IDisposable
{
    private readonly UpstreamHttp _http = new();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_answers_is_healthy_and_its_tools_are_counted(bool sse)
    {
        await using var mcp = await TestMcp.StartAsync(sse: sse);
        var result = await ProbeAsync(mcp.Url, sse ? McpTransport.Sse : McpTransport.Streamable);
        result.Health.Level.ShouldBe(HealthLevel.Healthy, result.Health.Detail);
        result.Health.Cause.ShouldBe(HealthCause.Answering);
        result.ToolCount.ShouldBe(7);
        result.Answered.ShouldBeTrue();
        await Eventually.BeTrueAsync(() => mcp.App.Sessions == 0);
    }

    [Fact]
    public async Task A_text_that_was_cut_within_a_character_is_mended()
    {
        using var answer = new HttpResponseMessage();
        answer.Content = new StringContent("""{"jsonrpc":"2.0","id":1,"result":{"text":"cut \ud83d"}}""", null, "application/json");

        var message = await UpstreamHttp.ReadResponseAsync(answer, "1"u8.ToArray(), TestContext.Current.CancellationToken);

        JsonElement.Parse(message[message.Result].Span).GetProperty("text").GetString().ShouldBe("cut \ufffd");
    }

    [Fact]
    public async Task A_server_without_tools_is_degraded()
    {
        await using var mcp = await TestMcp.StartAsync();
        mcp.Tools.Replace();
        (await ProbeAsync(mcp.Url)).Health.Cause.ShouldBe(HealthCause.NoTools);
    }

    [Fact]
    public async Task A_port_where_nothing_listens_refuses_the_connection()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        (await ProbeAsync(new Uri($"http://127.0.0.1:{port}/mcp"))).Health.Cause.ShouldBe(HealthCause.ConnectionRefused);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_unreachable() =>
        (await ProbeAsync(new Uri("http://nothing.invalid/mcp"))).Health.Cause.ShouldBe(HealthCause.Unreachable);

    [Fact]
    public async Task A_server_that_accepts_and_says_nothing_does_not_answer()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/mcp");
        var time = new ManualTimeProvider();
        var probe = new ServerProbe(_http, time).ProbeAsync(Target(url, McpTransport.Streamable), TestContext.Current.CancellationToken);
        using var accepted = await silent.AcceptSocketAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(30));
        (await probe).Health.Cause.ShouldBe(HealthCause.NoAnswer);
    }

    [Theory]
    [InlineData(401, null, "", HealthCause.Unauthorized)]
    [InlineData(403, null, "", HealthCause.Unauthorized)]
    [InlineData(404, "text/html", "<html>", HealthCause.NotMcp)]
    [InlineData(200, "text/html", "<html>", HealthCause.NotMcp)]
    [InlineData(200, "application/json", "{\"hello\":1}", HealthCause.NotMcp)]
    [InlineData(302, null, "", HealthCause.NotMcp)]
    [InlineData(500, null, "", HealthCause.ProtocolError)]
    [InlineData(200, "application/json", "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-1,\"message\":\"broken\"}}", HealthCause.ProtocolError)]
    [InlineData(200, "text/event-stream", "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-1,\"message\":\"broken\"}}\n\n", HealthCause.ProtocolError)]
    [InlineData(200, "text/event-stream", "", HealthCause.ProtocolError)]
    public async Task Each_way_not_to_answer_has_its_cause(int status, string? type, string body, HealthCause cause)
    {
        await using var server = await FakeHttp.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            return context.Response.WriteAsync(body);
        });
        var result = await ProbeAsync(server.Url);
        result.Health.Cause.ShouldBe(cause, result.Health.Detail);
        result.Health.Level.ShouldBe(HealthLevel.Unhealthy);
        result.Answered.ShouldBeFalse();
    }

    [Fact]
    public async Task The_servers_headers_are_sent_and_never_told()
    {
        await using var server = await FakeHttp.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Headers.Authorization == "Bearer s3cret" ? 500 : 401;
            return Task.CompletedTask;
        });
        var target = Target(server.Url, McpTransport.Streamable) with
        {
            Headers = ImmutableSortedDictionary<string, Secret>.Empty.Add("Authorization", new Secret("Bearer s3cret")),
        };
        var result = await new ServerProbe(_http, TimeProvider.System).ProbeAsync(target, TestContext.Current.CancellationToken);
        result.Health.Cause.ShouldBe(HealthCause.ProtocolError);
        result.ToString().ShouldNotContain("s3cret");
    }

    private Task<ProbeResult> ProbeAsync(Uri url, McpTransport transport = McpTransport.Streamable) =>
        new ServerProbe(_http, TimeProvider.System).ProbeAsync(Target(url, transport), TestContext.Current.CancellationToken);

    private static ProbeTarget Target(Uri url, McpTransport transport) =>
        new(url, transport, ImmutableSortedDictionary<string, Secret>.Empty, TimeSpan.FromSeconds(30));
}
