using McpConsole.Domain.Servers;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace McpConsole.Web.Telemetry;

/// <summary>How the servers are, in numbers. A sick server is no sickness of the console: this never fails.</summary>
internal sealed class ServersCheck(IServerCatalog catalog) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var servers = catalog.All;
        return Task.FromResult(HealthCheckResult.Healthy(data: new Dictionary<string, object>
        {
            ["total"] = servers.Length,
            ["running"] = servers.Count(s => s.State == Lifecycle.Running),
            ["failed"] = servers.Count(s => s.State == Lifecycle.Failed),
            ["unhealthy"] = servers.Count(s => s.Health.Level == HealthLevel.Unhealthy),
        }));
    }
}
