using System.Globalization;
using McpConsole.Infrastructure.Database;
using McpConsole.Infrastructure.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Quartz;

namespace McpConsole.Infrastructure.Jobs;

/// <summary>Sums resource samples up to hours and days, and deletes what is older than it is kept.</summary>
[DisallowConcurrentExecution]
internal sealed class DatabasePruning(ConsoleDatabase database, IOptions<DatabaseOptions> options, TimeProvider time) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var deleted = await database.RunAsync((data, token) => SampleTable.RollUpAsync(data, now, token), cancellationToken);
        deleted += await database.RunAsync((data, token) => DeleteOldAsync(data, now, token), cancellationToken);
        context.Result = JobRunReport.Succeeded(string.Create(CultureInfo.InvariantCulture, $"{deleted} rows deleted"));
    }

    private async Task<int> DeleteOldAsync(ConsoleDbContext data, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (events, audit) = (now - options.Value.KeepEvents, now - options.Value.KeepAudit);
        return await data.Events.Where(row => row.Time < events).ExecuteDeleteAsync(cancellationToken)
            + await data.Runs.Where(row => row.ExitedAt < events).ExecuteDeleteAsync(cancellationToken)
            + await data.Audit.Where(row => row.Time < audit).ExecuteDeleteAsync(cancellationToken);
    }
}
