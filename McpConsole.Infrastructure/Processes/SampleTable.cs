using McpConsole.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace McpConsole.Infrastructure.Processes;

/// <summary>What is done with samples in bulk, in the database's own words.</summary>
internal static class SampleTable
{
    private const string Columns = "server_id, step, time, count, cpu, rss, threads, open_files, processes";

    private const string MergeIncoming = $"""
        INSERT INTO samples AS s ({Columns}) SELECT {Columns} FROM incoming
        ON CONFLICT (server_id, step, time) DO UPDATE SET
            count = s.count + excluded.count,
            cpu = (s.cpu * s.count + excluded.cpu * excluded.count) / (s.count + excluded.count),
            rss = (s.rss * s.count + excluded.rss * excluded.count) / (s.count + excluded.count),
            threads = (s.threads * s.count + excluded.threads * excluded.count) / (s.count + excluded.count),
            open_files = (s.open_files * s.count + excluded.open_files * excluded.count) / (s.count + excluded.count),
            processes = (s.processes * s.count + excluded.processes * excluded.count) / (s.count + excluded.count)
        """;

    private const string SumUp = $$"""
        INSERT INTO samples ({{Columns}})
        SELECT server_id, {0} + 1, date_trunc({1}, time, 'UTC'), sum(count), sum(cpu * count) / sum(count), sum(rss * count) / sum(count),
            sum(threads * count) / sum(count), sum(open_files * count) / sum(count), sum(processes * count) / sum(count)
        FROM samples WHERE step = {0} GROUP BY server_id, date_trunc({1}, time, 'UTC')
        ON CONFLICT (server_id, step, time) DO UPDATE SET
            count = excluded.count, cpu = excluded.cpu, rss = excluded.rss, threads = excluded.threads,
            open_files = excluded.open_files, processes = excluded.processes
        """;

    /// <summary>Writes with COPY; a step that is there already, from before a restart, is averaged with what comes.</summary>
    /// <param name="rows">Each key at most once.</param>
    public static async Task AddAsync(ConsoleDbContext context, IReadOnlyCollection<SampleRow> rows, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Database.ExecuteSqlRawAsync("CREATE TEMP TABLE incoming (LIKE samples) ON COMMIT DROP", cancellationToken);
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        await using (var copy = await connection.BeginBinaryImportAsync($"COPY incoming ({Columns}) FROM STDIN (FORMAT BINARY)", cancellationToken))
        {
            foreach (var row in rows)
            {
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(row.ServerId, NpgsqlDbType.Uuid, cancellationToken);
                await copy.WriteAsync((short)row.Step, NpgsqlDbType.Smallint, cancellationToken);
                await copy.WriteAsync(row.Time.ToUniversalTime(), NpgsqlDbType.TimestampTz, cancellationToken);
                await copy.WriteAsync(row.Count, NpgsqlDbType.Integer, cancellationToken);
                await copy.WriteAsync(row.Cpu, NpgsqlDbType.Double, cancellationToken);
                await copy.WriteAsync(row.Rss, NpgsqlDbType.Double, cancellationToken);
                await copy.WriteAsync(row.Threads, NpgsqlDbType.Double, cancellationToken);
                await copy.WriteAsync(row.OpenFiles, NpgsqlDbType.Double, cancellationToken);
                await copy.WriteAsync(row.Processes, NpgsqlDbType.Double, cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        await context.Database.ExecuteSqlRawAsync(MergeIncoming, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Sums minutes up to hours and hours to days, then deletes what is older than each is kept; returns the number deleted.</summary>
    public static async Task<int> RollUpAsync(ConsoleDbContext context, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Database.ExecuteSqlRawAsync(SumUp, [(short)SampleStep.Minute, "hour"], cancellationToken);
        await context.Database.ExecuteSqlRawAsync(SumUp, [(short)SampleStep.Hour, "day"], cancellationToken);
        var deleted = 0;
        foreach (var step in Enum.GetValues<SampleStep>())
        {
            var limit = step.PruneBefore(now);
            deleted += await context.Samples.Where(row => row.Step == step && row.Time < limit).ExecuteDeleteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return deleted;
    }
}
