using McpConsole.Domain.Servers;

namespace McpConsole.Web.Endpoints;

internal sealed record StatusView(
    string Id,
    string Name,
    Lifecycle State,
    HealthView Health,
    int? Pid,
    string? Url,
    DateTimeOffset? StartedAt,
    int RestartCount,
    DateTimeOffset? NextStartAt,
    int? Connections,
    int? ToolCount,
    ExitView? LastExit,
    ErrorView? Error)
{
    public static StatusView Of(ServerSnapshot snapshot) => new(
        snapshot.Id.ToString(),
        snapshot.Name,
        snapshot.State,
        HealthView.Of(snapshot.Health),
        snapshot.Run?.Pid,
        snapshot.Url,
        snapshot.Run?.StartedAt,
        snapshot.RestartCount,
        snapshot.NextStartAt,
        snapshot.Connections,
        snapshot.ToolCount,
        ExitView.Of(snapshot.LastExit),
        ErrorView.Of(snapshot.Error));
}
