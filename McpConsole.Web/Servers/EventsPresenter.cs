using System.Collections.Immutable;
using McpConsole.Domain.Servers;
using McpConsole.Domain.State;
using McpConsole.Web.State;

namespace McpConsole.Web.Servers;

/// <summary>The newest events, of one server or all, followed live; older ones are read on demand.</summary>
internal sealed class EventsPresenter : IAsyncDisposable
{
    private const int PageSize = 100;
    private const int Capacity = 1_000;

    private readonly IServerEventLog _log;
    private readonly ServerId? _server;
    private readonly ISubscription<ServerEvent> _subscription;
    private readonly LiveFeed _feed;

    public EventsPresenter(IServerEventLog log, ServerId? server, TimeProvider time, Dispatch dispatch)
    {
        (_log, _server) = (log, server);
        _subscription = log.Subscribe();
        Events = Newest(_subscription.Initial.Where(IsOurs));
        _feed = LiveFeed.Start(_subscription.ReadAllAsync, time, dispatch, batch => Events = Newest([.. batch.Where(IsOurs), .. Events]));
    }

    /// <summary>Newest first.</summary>
    public ImmutableArray<ServerEvent> Events { get; private set; }

    public bool HasOlder { get; private set; } = true;

    /// <summary>Reads the next page before the oldest event shown.</summary>
    public async Task LoadOlderAsync(CancellationToken cancellationToken)
    {
        long? before = Events is [.., { Sequence: > 0 } oldest] ? oldest.Sequence : null;
        var older = await _log.ReadAsync(_server, PageSize, before, cancellationToken);
        HasOlder = older.Length == PageSize;
        Events = Newest([.. Events, .. older]);
    }

    public async ValueTask DisposeAsync()
    {
        _subscription.Dispose();
        await _feed.DisposeAsync();
    }

    private bool IsOurs(ServerEvent value) => _server is null || value.ServerId == _server;

    // An event that is not stored yet has the sequence 0 and comes a second time from the store: time and kind tell it apart.
    private static ImmutableArray<ServerEvent> Newest(IEnumerable<ServerEvent> events) =>
        [.. events.DistinctBy(e => (e.ServerId, e.Time, e.Kind, e.Message)).OrderByDescending(e => e.Time).Take(Capacity)];
}
