using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpConsole.Tests.Transports;

/// <summary>The official C# client against our server, in every revision and transport.</summary>
[Trait("Kind", "Integration")]
public sealed class ForeignClientTests
{
    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    [InlineData(null)]
    public async Task Every_revision_lists_and_calls_over_streamable_http(string? version)
    {
        await using var mcp = await TestMcp.StartAsync();
        await using var client = await ForeignClient.ConnectAsync(mcp.Url, version);
        client.NegotiatedProtocolVersion.ShouldBe(version ?? "2026-07-28");
        var tools = await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
        tools.Select(tool => tool.Name).ShouldContain("echo");
        (await ForeignClient.CallAsync(client, "echo", new() { ["a"] = 1 })).ShouldBe("""{"a":1}""");
        mcp.App.Sessions.ShouldBe(version is null or "2026-07-28" ? 0 : 1);
    }

    [Fact]
    public async Task The_deprecated_transport_lists_and_calls()
    {
        await using var mcp = await TestMcp.StartAsync(sse: true);
        await using var client = await ForeignClient.ConnectAsync(mcp.Url, "2024-11-05", HttpTransportMode.Sse);
        (await ForeignClient.CallAsync(client, "echo", new() { ["a"] = 1 })).ShouldBe("""{"a":1}""");
        (await ForeignClient.CallAsync(client, "progress")).ShouldBe("done");
    }

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task A_tools_questions_are_answered_in_both_eras(string version)
    {
        await using var mcp = await TestMcp.StartAsync();
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(new HttpClientTransportOptions { Endpoint = mcp.Url, TransportMode = HttpTransportMode.StreamableHttp }),
            new McpClientOptions
            {
                ProtocolVersion = version,
                Handlers = new McpClientHandlers { ElicitationHandler = (_, _) => ValueTask.FromResult(new ElicitResult { Action = "decline" }) },
            },
            cancellationToken: TestContext.Current.CancellationToken);
        (await ForeignClient.CallAsync(client, "ask_twice")).Split("decline").Length.ShouldBe(3);
    }
}
