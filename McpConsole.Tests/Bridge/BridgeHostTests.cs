using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Mcp.Bridge;
using McpConsole.Tests.Transports;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;

namespace McpConsole.Tests.Bridge;

[Trait("Kind", "Integration")]
public sealed class BridgeHostTests
{
    private static readonly BridgeHost s_host = new(TimeProvider.System, NullLoggerFactory.Instance);

    [Fact]
    public async Task Sessions_of_a_foreign_client_share_one_child_and_survive_its_restart()
    {
        var connections = new ConcurrentQueue<int>();
        await using var bridge = (await s_host.OpenAsync(
            Settings(StdioSharing.Shared, connectionsChanged: connections.Enqueue), TestContext.Current.CancellationToken)).Value;
        await using var child = Start();
        bridge.Attach(child);
        await using var one = await ConnectAsync(bridge.Url);
        await using var two = await ConnectAsync(bridge.Url);
        bridge.Connections.ShouldBe(2);
        (await CallAsync(one)).ShouldContain("simple text");
        child.Kill();
        await Should.ThrowAsync<Exception>(async () =>
        {
            while (true)
            {
                await CallAsync(two);
            }
        });
        await using var next = Start();
        bridge.Attach(next);
        (await CallAsync(one)).ShouldContain("simple text");
        (await CallAsync(two)).ShouldContain("simple text");
        connections.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Each_session_has_a_child_of_its_own_that_ends_with_it()
    {
        var children = new ConcurrentQueue<ProcessChild>();
        await using var bridge = (await s_host.OpenAsync(
            Settings(StdioSharing.PerSession, () =>
            {
                var child = Start();
                children.Enqueue(child);
                return child;
            }),
            TestContext.Current.CancellationToken)).Value;
        var one = await ConnectAsync(bridge.Url);
        await using var two = await ConnectAsync(bridge.Url);
        (await CallAsync(one)).ShouldContain("simple text");
        (await CallAsync(two)).ShouldContain("simple text");
        children.Count.ShouldBe(2);
        await one.DisposeAsync();
        await Eventually.BeTrueAsync(() => bridge.Connections == 1);
        children.TryPeek(out var ended).ShouldBeTrue();
        await Eventually.BeTrueAsync(() => HasEnded(ended));
        (await CallAsync(two)).ShouldContain("simple text");
    }

    [Fact]
    public async Task Traffic_is_told_in_both_directions()
    {
        var traffic = new ConcurrentQueue<(string Text, bool ToChild)>();
        await using var bridge = (await s_host.OpenAsync(
            Settings(StdioSharing.Shared, traffic: (message, toChild) => traffic.Enqueue((Encoding.UTF8.GetString(message.Span), toChild))),
            TestContext.Current.CancellationToken)).Value;
        await using var child = Start();
        bridge.Attach(child);
        await using var client = await ConnectAsync(bridge.Url);
        await CallAsync(client);
        traffic.ShouldContain(entry => entry.ToChild && entry.Text.Contains("test_simple_text"));
        traffic.ShouldContain(entry => !entry.ToChild && entry.Text.Contains("simple text response"));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_that_names_it()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var opened = await s_host.OpenAsync(Settings(StdioSharing.Shared) with { Port = port }, TestContext.Current.CancellationToken);
        opened.Error!.Code.ShouldBe("bridge.port_taken");
        opened.Error.Message.ShouldContain($"{port}");
    }

    private static BridgeSettings Settings(
        StdioSharing sharing, Func<ProcessChild>? spawn = null, Action<ReadOnlyMemory<byte>, bool>? traffic = null, Action<int>? connectionsChanged = null) =>
        new(
            new ServerDefinition
            {
                Id = new ServerId(Guid.NewGuid()),
                Name = "bridged",
                Launch = new CommandLaunch { Argv = ["x"], Sharing = sharing },
                Transport = McpTransport.Stdio,
            },
            0,
            _ => Task.FromResult<Result<IStdioChild>>(spawn!()),
            new StdioTap(traffic),
            connectionsChanged);

    private static ProcessChild Start() => ProcessChild.Start(Conformance.ServerProgram, "--stdio");

    private static Task<McpClient> ConnectAsync(Uri url) => ForeignClient.ConnectAsync(url, "2025-11-25");

    private static async Task<string> CallAsync(McpClient client) => await ForeignClient.CallAsync(client, "test_simple_text");

    private static bool HasEnded(ProcessChild child)
    {
        try
        {
            return child.Exited.IsCompleted;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
