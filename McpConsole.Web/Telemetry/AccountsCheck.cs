using McpConsole.Domain.Accounts;
using McpConsole.Infrastructure.Database;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace McpConsole.Web.Telemetry;

/// <summary>Ready is only who can let someone in: the administrator of an unattended first start is made first.</summary>
internal sealed class AccountsCheck(IFirstRun firstRun) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return HealthCheckResult.Healthy(await firstRun.IsNeededAsync(cancellationToken) ? "The first administrator is still to be made." : null);
        }
        catch (DatabaseUnavailableException fault)
        {
            return HealthCheckResult.Unhealthy(fault.Message);
        }
    }
}
