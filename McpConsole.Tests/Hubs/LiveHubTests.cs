using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;
using McpConsole.Domain.State;
using McpConsole.Tests.Endpoints;
using NSubstitute;

namespace McpConsole.Tests.Hubs;

/// <summary>Speaks SignalR's JSON protocol by hand: records end with the byte 0x1E.</summary>
public sealed class LiveHubTests : IClassFixture<ConsoleHost>
{
    private const char RecordEnd = '\u001e';

    private readonly ConsoleHost _host;
    private readonly Broadcast<ServerSnapshot> _changes = new();
    private readonly Queue<JsonElement> _received = new();

    public LiveHubTests(ConsoleHost host)
    {
        _host = host;
        _host.Reset();
        _host.Catalog.Subscribe().Returns(_ => _changes.Subscribe(() => [_host.Pets]));
    }

    private ServerSnapshot Other => _host.Pets with { Definition = _host.Pets.Definition with { Id = new ServerId(Guid.Empty), Name = "other" }, Version = 5 };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_follower_gets_all_servers_and_then_each_change()
    {
        using var socket = await ConnectAsync();
        await SendAsync(socket, """{"type":4,"invocationId":"1","target":"Servers","arguments":[]}""");

        var first = await ItemAsync(socket);
        first.GetProperty("snapshot").GetBoolean().ShouldBeTrue();
        first.GetProperty("servers")[0].GetProperty("status").GetProperty("state").GetString().ShouldBe("running");

        _changes.Publish(_host.Pets with { State = Lifecycle.Stopping, Version = 2 });
        var second = await ItemAsync(socket);
        second.GetProperty("snapshot").GetBoolean().ShouldBeFalse();
        second.GetProperty("servers")[0].GetProperty("status").GetProperty("state").GetString().ShouldBe("stopping");
        second.GetProperty("servers")[0].GetProperty("version").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task A_follower_too_slow_for_a_change_gets_all_servers_again()
    {
        var changes = new Broadcast<ServerSnapshot>(capacity: 1);
        _host.Catalog.Subscribe().Returns(_ =>
        {
            var subscription = changes.Subscribe(() => [_host.Pets]);
            changes.Publish(_host.Pets with { State = Lifecycle.Failed, Version = 2 });
            changes.Publish(Other);
            return subscription;
        });
        _host.Catalog.All.Returns([_host.Pets with { State = Lifecycle.Failed, Version = 2 }, Other]);

        using var socket = await ConnectAsync();
        await SendAsync(socket, """{"type":4,"invocationId":"1","target":"Servers","arguments":[]}""");
        await ItemAsync(socket);
        var again = await ItemAsync(socket);
        again.GetProperty("snapshot").GetBoolean().ShouldBeTrue();
        again.GetProperty("servers").EnumerateArray().Select(s => s.GetProperty("version").GetInt64()).ShouldBe([2, 5]);

        changes.Publish(Other with { Version = 6 });
        (await ItemAsync(socket)).GetProperty("snapshot").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_follower_that_left_leaves_no_subscription()
    {
        using (var socket = await ConnectAsync())
        {
            await SendAsync(socket, """{"type":4,"invocationId":"1","target":"Servers","arguments":[]}""");
            await ItemAsync(socket);
            _changes.FollowerCount.ShouldBe(1);
        }

        await Eventually.BeTrueAsync(() => _changes.FollowerCount == 0);
    }

    [Fact]
    public async Task A_log_is_followed_by_the_id_or_name_of_its_server()
    {
        _host.Logs.FollowAsync(_host.Pets.Id, 7, Arg.Any<CancellationToken>())
            .Returns(new[] { new LogBatch([new LogLine(8, ConsoleHost.Start, LogStream.Stdout, LineLevel.Unknown, "hello")], 0) }.ToAsyncEnumerable());

        using var socket = await ConnectAsync();
        await SendAsync(socket, """{"type":4,"invocationId":"1","target":"Logs","arguments":["pets",7]}""");

        (await ItemAsync(socket)).GetProperty("lines")[0].GetProperty("text").GetString().ShouldBe("hello");
    }

    [Fact]
    public async Task The_log_of_an_unknown_server_is_an_error()
    {
        using var socket = await ConnectAsync();
        await SendAsync(socket, """{"type":4,"invocationId":"1","target":"Logs","arguments":["nobody",null]}""");

        var completion = await ReceiveAsync(socket, type: 3);
        completion.GetProperty("error").GetString()!.ShouldContain("nobody");
    }

    private async Task<WebSocket> ConnectAsync()
    {
        var client = _host.Server.CreateWebSocketClient();
        var socket = await client.ConnectAsync(new Uri($"ws://localhost/hubs/live?access_token={ConsoleHost.Viewer}"), Cancelled);
        await SendAsync(socket, """{"protocol":"json","version":1}""");
        await ReceiveAsync(socket, type: null);
        return socket;
    }

    private static Task SendAsync(WebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + RecordEnd), WebSocketMessageType.Text, true, Cancelled);

    private async Task<JsonElement> ItemAsync(WebSocket socket) => (await ReceiveAsync(socket, type: 2)).GetProperty("item");

    // The first record of a type; the handshake's answer has none.
    private async Task<JsonElement> ReceiveAsync(WebSocket socket, int? type)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            while (_received.TryDequeue(out var message))
            {
                if (type is null || (message.TryGetProperty("type", out var found) && found.GetInt32() == type))
                {
                    return message;
                }
            }

            var length = 0;
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), Cancelled);
                part.MessageType.ShouldBe(WebSocketMessageType.Text);
                length += part.Count;
            }
            while (!part.EndOfMessage);

            foreach (var record in Encoding.UTF8.GetString(buffer, 0, length).Split(RecordEnd, StringSplitOptions.RemoveEmptyEntries))
            {
                _received.Enqueue(JsonElement.Parse(record));
            }
        }
    }
}
