using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;
using McpConsole.Web.Security;
using McpConsole.Web.Telemetry;

namespace McpConsole.Web.Endpoints;

/// <summary>Metrics for Prometheus.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        foreach (var path in (string[])["/metrics", "/health/metrics"])
        {
            routes.MapGet(path, Write).ExcludeFromDescription().RequireAuthorization(LoopbackRequirement.PolicyName);
        }
    }

    private static IResult Write(IServerCatalog catalog, ILogStore logs, MeterStore meters, TimeProvider time)
    {
        var text = new PrometheusText();
        text.Family("mcpconsole_info", "gauge", "What this console is.").Sample("mcpconsole_info", 1, ("version", InfoEndpoint.Version));
        ServerMetrics.Write(text, catalog.All, logs, time.GetUtcNow());
        meters.Write(text);
        return TypedResults.Text(text.ToString(), PrometheusText.ContentType);
    }
}
