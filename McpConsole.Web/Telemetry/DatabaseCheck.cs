using McpConsole.Infrastructure.Database;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace McpConsole.Web.Telemetry;

/// <summary>Ready is only who has a database; one that goes away later degrades the console, which keeps supervising.</summary>
internal sealed class DatabaseCheck(IDatabaseStatus database) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>
        {
            ["database"] = database.Description,
            ["since"] = database.Since,
            ["pending"] = database.Pending,
            ["lost"] = database.Lost,
        };
        return Task.FromResult(database.State switch
        {
            DatabaseState.Ready => HealthCheckResult.Healthy(data: data),
            DatabaseState.Starting => HealthCheckResult.Unhealthy(database.Message ?? "starting", data: data),
            _ => HealthCheckResult.Unhealthy(database.Message, data: data),
        });
    }
}
