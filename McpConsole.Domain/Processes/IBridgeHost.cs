using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;

namespace McpConsole.Domain.Processes;

/// <summary>Opens Streamable HTTP endpoints in front of stdio servers.</summary>
public interface IBridgeHost
{
    /// <summary>Listens on the port of <paramref name="settings"/> on loopback; a taken port is an error value.</summary>
    Task<Result<IBridge>> OpenAsync(BridgeSettings settings, CancellationToken cancellationToken);
}

/// <param name="SpawnForSession">Starts a child for one session, where the definition says one child per session.</param>
/// <param name="Tap">Sees what passes between the console and the children.</param>
/// <param name="ConnectionsChanged">Told the number of MCP sessions when it changes.</param>
public sealed record BridgeSettings(
    ServerDefinition Definition,
    int Port,
    Func<CancellationToken, Task<Result<IStdioChild>>> SpawnForSession,
    StdioTap? Tap = null,
    Action<int>? ConnectionsChanged = null);

/// <summary>
/// One stdio server's HTTP endpoint. It stays open while its child is restarted, so that its URL does not change; requests that were
/// under way when a child ended are answered with an error, not left hanging. Thread-safe.
/// </summary>
public interface IBridge : IAsyncDisposable
{
    Uri Url { get; }

    int Connections { get; }

    /// <summary>Puts a new child behind the endpoint (shared mode). The bridge initialises it and reads it until it ends; it does not own it.</summary>
    void Attach(IStdioChild child);
}
