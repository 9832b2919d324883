using System.Collections.Immutable;
using McpConsole.Domain.Servers;
using McpConsole.Domain.State;

namespace McpConsole.Tests.Components;

/// <summary>An event log that a test appends to.</summary>
internal sealed class FakeEventLog : IServerEventLog
{
    private readonly Broadcast<ServerEvent> _events = new();
    private ImmutableArray<ServerEvent> _all = [];

    public int FollowerCount => _events.FollowerCount;

    public void Append(ServerEvent value) => _events.Publish(() =>
    {
        _all = [value, .. _all];
        return value;
    });

    public Task<ImmutableArray<ServerEvent>> ReadAsync(ServerId? server, int limit, long? beforeSequence, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<ServerEvent>>([.. _all.Where(e => (server is null || e.ServerId == server) && (beforeSequence is null || e.Sequence < beforeSequence)).Take(limit)]);

    public ISubscription<ServerEvent> Subscribe() => _events.Subscribe(() => _all);
}
