using McpConsole.Domain.Servers;
using McpConsole.Web.Endpoints;

namespace McpConsole.Web.Hubs;

/// <param name="Snapshot">Whether these are all servers; otherwise the ones that changed.</param>
internal sealed record ServersMessage(IReadOnlyList<LiveServer> Servers, bool Snapshot);

/// <param name="Version">Rises with each change of the server.</param>
internal sealed record LiveServer(StatusView Status, long Version, double? CpuPercent, long? RssBytes, bool Deleted)
{
    public static LiveServer Of(ServerSnapshot server) => new(
        StatusView.Of(server), server.Version, server.Resources?.CpuPercent, server.Resources?.RssBytes, server.Deleted);
}

/// <param name="Skipped">Lines left out before these because the reader was too slow.</param>
internal sealed record LogMessage(IReadOnlyList<LineView> Lines, long Skipped);
