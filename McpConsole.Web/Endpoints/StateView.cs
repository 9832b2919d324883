using McpConsole.Domain.Servers;

namespace McpConsole.Web.Endpoints;

/// <summary>What start, stop and restart answer.</summary>
internal sealed record StateView(string Id, Lifecycle State, HealthView Health, ErrorView? Error)
{
    public static StateView Of(ServerSnapshot snapshot) =>
        new(snapshot.Id.ToString(), snapshot.State, HealthView.Of(snapshot.Health), ErrorView.Of(snapshot.Error));
}
