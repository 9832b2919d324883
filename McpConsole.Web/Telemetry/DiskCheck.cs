using McpConsole.Infrastructure;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace McpConsole.Web.Telemetry;

/// <summary>Room on the disk of the data folder.</summary>
internal sealed class DiskCheck(DataFolder data) : IHealthCheck
{
    private const long Little = 1L << 30;
    private const long None = 100L << 20;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var free = new DriveInfo(data.Root).AvailableFreeSpace;
        var facts = new Dictionary<string, object> { ["folder"] = data.Root, ["freeBytes"] = free };
        return Task.FromResult(free switch
        {
            < None => HealthCheckResult.Unhealthy($"The disk of {data.Root} is full. Make room.", data: facts),
            < Little => HealthCheckResult.Degraded($"Less than 1 GiB is free on the disk of {data.Root}. Make room.", data: facts),
            _ => HealthCheckResult.Healthy(data: facts),
        });
    }
}
