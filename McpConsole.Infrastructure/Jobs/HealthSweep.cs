using System.Globalization;
using McpConsole.Domain.Servers;
using Quartz;

namespace McpConsole.Infrastructure.Jobs;

/// <summary>Probes every running server, so that one that hangs shows before somebody uses it.</summary>
[DisallowConcurrentExecution]
internal sealed class HealthSweep(IServerCatalog catalog, IServerCommands commands) : IJob
{
    private const int AtOnce = 10;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var servers = catalog.All.Where(server => server.State == Lifecycle.Running).ToArray();
        if (servers.Length == 0)
        {
            context.Result = JobRunReport.Skipped("no server is running");
            return;
        }

        var unhealthy = 0;
        await Parallel.ForEachAsync(
            servers,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (server, token) =>
            {
                var result = await commands.CheckHealthAsync(server.Id, token);
                if (!result.TryGet(out var health, out _) || health.Level == HealthLevel.Unhealthy)
                {
                    Interlocked.Increment(ref unhealthy);
                }
            });
        context.Result = JobRunReport.Succeeded(string.Create(CultureInfo.InvariantCulture, $"{servers.Length} checked, {unhealthy} unhealthy"));
    }
}
