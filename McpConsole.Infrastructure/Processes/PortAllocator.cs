using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Servers;
using Microsoft.Extensions.Options;

namespace McpConsole.Infrastructure.Processes;

/// <summary>Gives servers ports from the configured range, each its own and the same for good, so that URLs do not change.</summary>
internal sealed class PortAllocator(IOptions<SupervisionOptions> options)
{
    private readonly ConcurrentDictionary<ServerId, int> _reserved = new();
    private readonly Lock _lock = new();

    /// <summary>Keeps a port from being picked for another server.</summary>
    public void Reserve(ServerId server, int port) => _reserved[server] = port;

    public void Release(ServerId server) => _reserved.TryRemove(server, out _);

    public int? Reserved(ServerId server) => _reserved.TryGetValue(server, out var port) ? port : null;

    /// <summary>The port that would be picked now for a new server; the first of the range when none is free.</summary>
    public int Next => FindFree(default) ?? options.Value.FirstPort;

    /// <summary>A free port of the range that no server has, reserved for this one.</summary>
    public Result<int> Pick(ServerId server)
    {
        lock (_lock)
        {
            if (FindFree(server) is { } port)
            {
                return _reserved[server] = port;
            }
        }

        return ServerErrors.NoFreePort(options.Value.FirstPort, options.Value.LastPort);
    }

    /// <summary>Null when a server may listen on it.</summary>
    public static Error? Check(int port) => IsFree(port) ? null : ServerErrors.PortTaken(port, PortHolder.Describe(port));

    private int? FindFree(ServerId server)
    {
        var others = _reserved.Where(r => r.Key != server).Select(r => r.Value).ToHashSet();
        var (first, last) = (options.Value.FirstPort, options.Value.LastPort);
        return Enumerable.Range(first, last - first + 1).Where(port => !others.Contains(port) && IsFree(port)).Select(port => (int?)port).FirstOrDefault();
    }

    private static bool IsFree(int port)
    {
        try
        {
            // Bound, not listening: for these microseconds nobody can connect to it by mistake.
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
