using System.Net;
using System.Net.Sockets;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Processes;
using McpConsole.Infrastructure.Servers;
using Microsoft.Extensions.Options;

namespace McpConsole.Tests.Processes;

[Trait("Kind", "Integration")]
public sealed class PortAllocatorTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _taken;

    public PortAllocatorTests()
    {
        _listener.Start();
        _taken = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void Picks_neither_a_taken_nor_a_reserved_port()
    {
        var ports = Ports(_taken, _taken + 20);
        var first = ports.Pick(Id()).Value;
        var second = ports.Pick(Id()).Value;
        first.ShouldBeGreaterThan(_taken);
        second.ShouldBeGreaterThan(first);
    }

    [Fact]
    public void An_exhausted_range_is_an_error_that_names_it()
    {
        var error = Ports(_taken, _taken).Pick(Id()).Error!;
        error.Code.ShouldBe("server.no_free_port");
        error.Message.ShouldContain($"{_taken}");
    }

    [Fact]
    public void A_released_port_can_be_picked_again()
    {
        var ports = Ports(_taken, _taken + 20);
        var id = Id();
        var port = ports.Pick(id).Value;
        ports.Next.ShouldNotBe(port);
        ports.Release(id);
        ports.Next.ShouldBe(port);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public void A_listener_on_any_address_is_seen_and_named(string address)
    {
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        if (address == "::")
        {
            listener.Server.DualMode = true;
        }

        listener.Start();
        var error = PortAllocator.Check(((IPEndPoint)listener.LocalEndpoint).Port)!;
        error.Code.ShouldBe("server.port_taken");
        error.Message.ShouldContain($"(pid {Environment.ProcessId})");
    }

    private static ServerId Id() => new(Guid.NewGuid());

    private static PortAllocator Ports(int first, int last) => new(Options.Create(new SupervisionOptions { FirstPort = first, LastPort = last }));
}
