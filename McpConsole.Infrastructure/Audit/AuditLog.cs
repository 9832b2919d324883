using McpConsole.Domain.Audit;
using McpConsole.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace McpConsole.Infrastructure.Audit;

internal sealed class AuditLog(ConsoleDatabase database, WriteBehind<AuditRow> writer) : IAuditLog
{
    private const int LargestPage = 500;

    public void Append(AuditEntry entry) => writer.Append(AuditRow.From(entry));

    public Task<AuditPage> ReadAsync(AuditQuery query, CancellationToken cancellationToken) => database.RunAsync(
        async (context, token) =>
        {
            var matching = Filter(context.Audit.AsNoTracking(), query);
            var total = await matching.CountAsync(token);
            var size = Math.Clamp(query.Size, 1, LargestPage);
            var rows = await matching
                .OrderByDescending(row => row.Time).ThenByDescending(row => row.Id)
                .Skip((int)Math.Min((Math.Max(query.Page, 1) - 1L) * size, int.MaxValue)).Take(size)
                .ToArrayAsync(token);
            return new AuditPage([.. rows.Select(row => row.ToEntry())], total);
        },
        cancellationToken);

    public static async Task WriteAsync(ConsoleDbContext context, IReadOnlyList<AuditRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(row => row.EntryId).ToArray();
        var known = await context.Audit.Where(row => ids.Contains(row.EntryId)).Select(row => row.EntryId).ToHashSetAsync(cancellationToken);
        context.Audit.AddRange(rows.Where(row => !known.Contains(row.EntryId)));
        await context.SaveChangesAsync(cancellationToken);
    }

    private static IQueryable<AuditRow> Filter(IQueryable<AuditRow> rows, AuditQuery query)
    {
        rows = query.Since is { } since ? rows.Where(row => row.Time >= since) : rows;
        rows = query.Until is { } until ? rows.Where(row => row.Time <= until) : rows;
        if (string.IsNullOrWhiteSpace(query.Text))
        {
            return rows;
        }

        var pattern = $"%{LikePattern.Escape(query.Text.Trim().WithoutNul())}%";
        return rows.Where(row =>
            EF.Functions.ILike(row.Actor, pattern, LikePattern.EscapeCharacter)
            || EF.Functions.ILike(row.Action, pattern, LikePattern.EscapeCharacter)
            || EF.Functions.ILike(row.Target, pattern, LikePattern.EscapeCharacter)
            || EF.Functions.ILike(row.Address!, pattern, LikePattern.EscapeCharacter));
    }
}
