using McpConsole.Domain.Servers;

namespace McpConsole.Web.Endpoints;

/// <param name="Action">What to do about it; empty where nothing needs doing.</param>
internal sealed record HealthView(
    HealthLevel Level, HealthCause Cause, string Summary, string Action, string? Detail, DateTimeOffset? CheckedAt, double? LatencyMilliseconds)
{
    public static HealthView Of(Health health) => new(
        health.Level,
        health.Cause,
        HealthTexts.Summary(health.Cause),
        HealthTexts.Action(health.Cause),
        health.Detail,
        health.CheckedAt,
        health.Latency?.TotalMilliseconds);
}
