using System.Collections.Immutable;
using McpConsole.Domain.Servers;
using McpConsole.Domain.State;

namespace McpConsole.Tests.Components;

/// <summary>A catalogue that a test fills and changes.</summary>
internal sealed class FakeCatalog : IServerCatalog
{
    private readonly Broadcast<ServerSnapshot> _changes = new();

    public int FollowerCount => _changes.FollowerCount;

    public ImmutableArray<ServerSnapshot> All { get; private set; } = [];

    public ServerSnapshot? Find(ServerId id) => All.FirstOrDefault(s => s.Id == id);

    public ServerSnapshot? Find(string idOrName) => All.FirstOrDefault(s => s.Id.ToString() == idOrName || s.Name == idOrName);

    public ISubscription<ServerSnapshot> Subscribe() => _changes.Subscribe(() => All);

    public ServerSnapshot Put(ServerSnapshot snapshot)
    {
        _changes.Publish(() =>
        {
            All = [.. All.Where(s => s.Id != snapshot.Id), .. snapshot.Deleted ? Array.Empty<ServerSnapshot>() : [snapshot]];
            return snapshot;
        });
        return snapshot;
    }

    public ServerSnapshot Add(string name, Lifecycle state = Lifecycle.Stopped, Health? health = null, params string[] tags) => Put(new()
    {
        Definition = new()
        {
            Id = new(Guid.NewGuid()),
            Name = name,
            Launch = new OpenApiLaunch { Document = "/srv/api.yaml" },
            Tags = [.. tags],
        },
        Version = 1,
        Since = DateTimeOffset.UnixEpoch,
        State = state,
        Health = health ?? (state == Lifecycle.Running ? new(HealthLevel.Healthy, HealthCause.Answering) : Health.NotRunning),
        Url = state == Lifecycle.Running ? "http://127.0.0.1:3322/mcp" : null,
        ToolCount = state == Lifecycle.Running ? 7 : null,
    });
}
