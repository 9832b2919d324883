using System.Collections.Immutable;
using McpConsole.Domain.Servers;
using McpConsole.Domain.State;
using McpConsole.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace McpConsole.Infrastructure.Servers;

internal sealed class ServerEventLog(ConsoleDatabase database, WriteBehind<EventRow> writer, TimeProvider time) : IServerEventLog
{
    private const int Remembered = 200;

    private readonly Broadcast<ServerEvent> _live = new();
    private ImmutableQueue<ServerEvent> _recent = [];
    private int _recentCount;
    private long _last;

    public void Append(ServerEvent value) => _live.Publish(() =>
    {
        // Microseconds, one at least after the event before: an order that holds over restarts without asking the database.
        _last = Math.Max(_last + 1, (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        var numbered = value with { Sequence = _last };
        writer.Append(EventRow.From(numbered));
        Remember(numbered);
        return numbered;
    });

    public async Task<ImmutableArray<ServerEvent>> ReadAsync(ServerId? server, int limit, long? beforeSequence, CancellationToken cancellationToken)
    {
        var rows = await database.RunAsync(
            (context, token) =>
            {
                var query = context.Events.AsNoTracking();
                query = server is { } id ? query.Where(row => row.ServerId == id.Value) : query;
                query = beforeSequence is { } before ? query.Where(row => row.Sequence < before) : query;
                return query.OrderByDescending(row => row.Sequence).Take(limit).ToArrayAsync(token);
            },
            cancellationToken);
        return [.. rows.Select(row => row.ToEvent())];
    }

    public ISubscription<ServerEvent> Subscribe() => _live.Subscribe(() => [.. _recent]);

    public static async Task WriteAsync(ConsoleDbContext context, IReadOnlyList<EventRow> rows, CancellationToken cancellationToken)
    {
        var sequences = rows.Select(row => row.Sequence).ToArray();
        var known = await context.Events.Where(row => sequences.Contains(row.Sequence))
            .Select(row => new { row.Sequence, row.ServerId }).ToHashSetAsync(cancellationToken);
        context.Events.AddRange(rows.Where(row => !known.Contains(new { row.Sequence, row.ServerId })));
        await context.SaveChangesAsync(cancellationToken);
    }

    private void Remember(ServerEvent value)
    {
        _recent = _recent.Enqueue(value);
        if (++_recentCount > Remembered)
        {
            (_recent, _recentCount) = (_recent.Dequeue(), Remembered);
        }
    }
}
