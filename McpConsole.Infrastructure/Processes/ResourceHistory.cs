using System.Collections.Concurrent;
using System.Collections.Immutable;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace McpConsole.Infrastructure.Processes;

internal sealed class ResourceHistory(ConsoleDatabase database, TimeProvider time) : IResourceHistory
{
    private const int MostPoints = 300;
    private static readonly TimeSpan s_memory = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<ServerId, ServerSamples> _servers = new();

    public void Append(ServerId server, ResourceSample sample) => _servers.GetOrAdd(server, static _ => new()).Add(sample);

    public ImmutableArray<ResourceSample> Recent(ServerId server, int count) =>
        _servers.TryGetValue(server, out var samples) ? samples.Recent(count) : [];

    public async Task<ImmutableArray<ResourceSample>> ReadAsync(ServerId server, TimeSpan span, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = now - span;
        var memory = Recent(server, int.MaxValue).Where(sample => sample.Time >= since).ToList();
        var stored = await ReadStoredAsync(server, span, since, memory.Count > 0 ? memory[0].Time : now, cancellationToken);
        return SampleAverage.Thin([.. stored, .. memory], since, span, MostPoints);
    }

    /// <summary>Takes what is ready to be stored, and forgets servers that have been still for as long as memory reaches.</summary>
    public IReadOnlyList<SampleRow> TakeFinished(DateTimeOffset now)
    {
        var rows = new List<SampleRow>();
        foreach (var (server, samples) in _servers)
        {
            rows.AddRange(samples.TakeFinished(now).Select(part => SampleRow.From(server.Value, SampleStep.Minute, part.Minute, part.Average)));
            if (samples.Recent(1) is [var last] && last.Time < now - s_memory)
            {
                _servers.TryRemove(server, out _);
            }
        }

        return rows;
    }

    private async Task<IEnumerable<ResourceSample>> ReadStoredAsync(
        ServerId server, TimeSpan span, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (until <= since)
        {
            return [];
        }

        var step = SampleSteps.Covering(span);
        try
        {
            var rows = await database.RunAsync(
                (context, token) => context.Samples.AsNoTracking()
                    .Where(row => row.ServerId == server.Value && row.Step == step && row.Time >= since && row.Time < until)
                    .OrderBy(row => row.Time).ToArrayAsync(token),
                cancellationToken);
            return rows.Select(row => row.Average.ToSample(row.Time));
        }
        catch (DatabaseUnavailableException)
        {
            // WHY: the last hour is in memory, and half a chart is better than none.
            return [];
        }
    }
}
