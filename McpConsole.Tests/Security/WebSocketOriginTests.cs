using System.Net;
using System.Net.WebSockets;
using McpConsole.Tests.Endpoints;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace McpConsole.Tests.Security;

/// <summary>Over a real socket: the server in memory tells of a WebSocket by itself, Kestrel does not.</summary>
[Trait("Kind", "Integration")]
public sealed class WebSocketOriginTests : IDisposable
{
    private readonly ConsoleHost _host = new();
    private readonly Uri _address;

    public WebSocketOriginTests()
    {
        _host.UseKestrel(0);
        _host.StartServer();
        _address = new Uri(_host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    [Theory]
    [InlineData("/hubs/live")]
    [InlineData("/_blazor")]
    public async Task A_WebSocket_of_another_site_is_refused(string path)
    {
        foreach (var origin in (string[])["http://evil.example", "null", $"http://{_address.Host}:1"])
        {
            (await ConnectAsync(path, origin)).ShouldBe(HttpStatusCode.Forbidden, origin);
        }
    }

    [Fact]
    public async Task A_WebSocket_of_the_console_itself_is_let_in() =>
        (await ConnectAsync("/hubs/live", _address.GetLeftPart(UriPartial.Authority))).ShouldBe(HttpStatusCode.SwitchingProtocols);

    public void Dispose() => _host.Dispose();

    private async Task<HttpStatusCode> ConnectAsync(string path, string origin)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Authorization", "Bearer " + ConsoleHost.Developer);
        socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await socket.ConnectAsync(new UriBuilder(_address) { Scheme = "ws", Path = path }.Uri, TestContext.Current.CancellationToken);
        }
        catch (WebSocketException)
        {
            // The status tells why.
        }

        return socket.HttpStatusCode;
    }
}
