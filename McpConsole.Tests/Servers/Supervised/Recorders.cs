using System.Collections.Concurrent;
using System.Collections.Immutable;
using McpConsole.Domain.Audit;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Domain.State;

namespace McpConsole.Tests.Servers.Supervised;

/// <summary>Keeps the events in memory.</summary>
internal sealed class EventRecorder : IServerEventLog
{
    private readonly ConcurrentQueue<ServerEvent> _events = new();

    public IReadOnlyCollection<ServerEvent> All => _events;

    public void Append(ServerEvent value) => _events.Enqueue(value);

    public Task<ImmutableArray<ServerEvent>> ReadAsync(ServerId? server, int limit, long? beforeSequence, CancellationToken cancellationToken) =>
        Task.FromResult(_events.Reverse().Take(limit).ToImmutableArray());

    public ISubscription<ServerEvent> Subscribe() => new Broadcast<ServerEvent>().Subscribe(() => []);
}

/// <summary>Keeps the newest record of each run in memory.</summary>
internal sealed class RunRecorder : IRunStore
{
    private readonly ConcurrentDictionary<Guid, RunRecord> _runs = new();

    public IReadOnlyCollection<RunRecord> All => [.. _runs.Values];

    public void Record(RunRecord run) => _runs[run.Run.RunId] = run;

    public Task<ImmutableArray<RunRecord>> ReadAsync(ServerId server, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(_runs.Values.Where(r => r.ServerId == server).OrderByDescending(r => r.Run.StartedAt).Take(limit).ToImmutableArray());
}

/// <summary>Keeps the audit entries in memory.</summary>
internal sealed class AuditRecorder : IAuditLog
{
    private readonly ConcurrentQueue<AuditEntry> _entries = new();

    public IReadOnlyCollection<AuditEntry> All => _entries;

    public void Append(AuditEntry entry) => _entries.Enqueue(entry);

    public Task<AuditPage> ReadAsync(AuditQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(new AuditPage([.. _entries], _entries.Count));
}

/// <summary>Keeps the samples in memory.</summary>
internal sealed class SampleRecorder : IResourceHistory
{
    private readonly ConcurrentQueue<(ServerId Server, ResourceSample Sample)> _samples = new();

    public void Append(ServerId server, ResourceSample sample) => _samples.Enqueue((server, sample));

    public ImmutableArray<ResourceSample> Recent(ServerId server, int count) =>
        [.. _samples.Where(s => s.Server == server).Select(s => s.Sample).TakeLast(count)];

    public Task<ImmutableArray<ResourceSample>> ReadAsync(ServerId server, TimeSpan span, CancellationToken cancellationToken) =>
        Task.FromResult(Recent(server, int.MaxValue));
}
