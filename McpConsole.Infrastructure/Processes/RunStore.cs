using System.Collections.Immutable;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace McpConsole.Infrastructure.Processes;

internal sealed class RunStore(ConsoleDatabase database, WriteBehind<RunRow> writer) : IRunStore
{
    public void Record(RunRecord run) => writer.Append(RunRow.From(run));

    public async Task<ImmutableArray<RunRecord>> ReadAsync(ServerId server, int limit, CancellationToken cancellationToken)
    {
        var rows = await database.RunAsync(
            (context, token) => context.Runs.AsNoTracking()
                .Where(row => row.ServerId == server.Value).OrderByDescending(row => row.StartedAt).Take(limit).ToArrayAsync(token),
            cancellationToken);
        return [.. rows.Select(row => row.ToRecord())];
    }

    /// <summary>Adds or replaces; of several states of one run in a batch the last counts.</summary>
    public static async Task WriteAsync(ConsoleDbContext context, IReadOnlyList<RunRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(row => row.RunId).Distinct().ToArray();
        var known = await context.Runs.Where(row => ids.Contains(row.RunId)).Select(row => row.RunId).ToHashSetAsync(cancellationToken);
        foreach (var row in rows.GroupBy(row => row.RunId).Select(states => states.Last()))
        {
            context.Entry(row).State = known.Contains(row.RunId) ? EntityState.Modified : EntityState.Added;
        }

        await context.SaveChangesAsync(cancellationToken);
    }
}
