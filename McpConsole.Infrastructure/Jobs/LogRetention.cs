using System.Globalization;
using McpConsole.Domain.Logs;
using Quartz;

namespace McpConsole.Infrastructure.Jobs;

/// <summary>Deletes log segments that are older or more than the settings keep.</summary>
[DisallowConcurrentExecution]
internal sealed class LogRetention(ILogStore logs) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var freed = await logs.ApplyRetentionAsync(cancellationToken);
        context.Result = JobRunReport.Succeeded(string.Create(CultureInfo.InvariantCulture, $"{freed / 1e6:0.0} MB freed"));
    }
}
