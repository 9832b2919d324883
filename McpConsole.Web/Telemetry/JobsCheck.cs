using McpConsole.Domain.Jobs;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace McpConsole.Web.Telemetry;

/// <summary>Whether the scheduler answers, and how the jobs ended last.</summary>
internal sealed class JobsCheck(IJobBoard jobs) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var list = await jobs.ListAsync(cancellationToken);
        if (!list.TryGet(out var all, out var error))
        {
            return HealthCheckResult.Degraded(error.Message);
        }

        var failed = all.Where(job => job.LastOutcome == JobOutcome.Failed).Select(job => job.Name).ToList();
        var facts = new Dictionary<string, object> { ["jobs"] = all.Length, ["failed"] = failed };
        return failed.Count == 0
            ? HealthCheckResult.Healthy(data: facts)
            : HealthCheckResult.Degraded($"The last run of {string.Join(", ", failed)} failed. Look at the Jobs page.", data: facts);
    }
}
