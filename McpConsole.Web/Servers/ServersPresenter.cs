using System.Collections.Immutable;
using McpConsole.Domain.Servers;
using McpConsole.Domain.State;
using McpConsole.Web.State;

namespace McpConsole.Web.Servers;

/// <summary>Follows all servers for one component.</summary>
internal sealed class ServersPresenter : IAsyncDisposable
{
    private readonly IServerCatalog _catalog;
    private readonly ISubscription<ServerSnapshot> _subscription;
    private readonly LiveFeed _feed;
    private long _dropped;

    public ServersPresenter(IServerCatalog catalog, TimeProvider time, Dispatch dispatch)
    {
        _catalog = catalog;
        _subscription = catalog.Subscribe();
        Servers = Sort(_subscription.Initial);
        _feed = LiveFeed.Start(_subscription.ReadAllAsync, time, dispatch, Apply);
    }

    /// <summary>Every server, ordered by name.</summary>
    public ImmutableArray<ServerSnapshot> Servers { get; private set; }

    public IEnumerable<string> Tags => Servers.SelectMany(s => s.Definition.Tags).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase);

    public ServerSnapshot? Find(ServerId id) => Servers.FirstOrDefault(s => s.Id == id);

    public async ValueTask DisposeAsync()
    {
        _subscription.Dispose();
        await _feed.DisposeAsync();
    }

    private void Apply(IReadOnlyList<ServerSnapshot> changes)
    {
        if (_subscription.Dropped != _dropped)
        {
            _dropped = _subscription.Dropped;
            Servers = Sort(_catalog.All);
            return;
        }

        var servers = Servers.ToDictionary(s => s.Id);
        foreach (var change in changes)
        {
            if (change.Deleted)
            {
                servers.Remove(change.Id);
            }
            else if (!servers.TryGetValue(change.Id, out var known) || known.Version < change.Version)
            {
                servers[change.Id] = change;
            }
        }

        Servers = Sort(servers.Values);
    }

    private static ImmutableArray<ServerSnapshot> Sort(IEnumerable<ServerSnapshot> servers) =>
        [.. servers.OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase)];
}
