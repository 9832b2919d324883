using McpConsole.Domain.Logs;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace McpConsole.Web.Telemetry;

/// <summary>Whether servers' lines can be stored.</summary>
internal sealed class LogsCheck(ILogStore logs) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(logs.Fault is { } fault ? HealthCheckResult.Degraded(fault) : HealthCheckResult.Healthy());
}
