using McpConsole.Web.Security;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace McpConsole.Web.Endpoints;

/// <summary>Whether the console itself is well: for probes on this machine without a sign-in, for others with one.</summary>
internal static class HealthEndpoints
{
    /// <summary>The tag of the checks that must pass before the console is ready.</summary>
    public const string Ready = "ready";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").RequireAuthorization(LoopbackRequirement.PolicyName);
        group.MapHealthChecks("", Options(_ => true, detailed: false));
        // Alive is whoever answers.
        group.MapHealthChecks("/live", Options(_ => false, detailed: false));
        group.MapHealthChecks("/ready", Options(check => check.Tags.Contains(Ready), detailed: false));
        group.MapHealthChecks("/detailed", Options(_ => true, detailed: true));
    }

    private static HealthCheckOptions Options(Func<HealthCheckRegistration, bool> predicate, bool detailed) => new()
    {
        Predicate = predicate,
        ResponseWriter = (context, report) => context.Response.WriteAsJsonAsync(HealthReportView.Of(report, detailed), context.RequestAborted),
    };
}

/// <param name="Status">healthy, degraded or unhealthy.</param>
/// <param name="Checks">By name; only in the detailed report, except for what is not healthy.</param>
internal sealed record HealthReportView(string Status, IReadOnlyDictionary<string, HealthCheckView> Checks)
{
    public static HealthReportView Of(HealthReport report, bool detailed) => new(
        Word(report.Status),
        report.Entries
            .Where(e => detailed || e.Value.Status != HealthStatus.Healthy)
            .ToDictionary(e => e.Key, e => new HealthCheckView(Word(e.Value.Status), e.Value.Description, detailed ? e.Value.Data : null)));

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}

internal sealed record HealthCheckView(string Status, string? Description, IReadOnlyDictionary<string, object>? Data);
