using System.Reflection;
using System.Runtime.InteropServices;
using McpConsole.Domain.Servers;
using McpConsole.Web.Security;

namespace McpConsole.Web.Endpoints;

/// <summary>What this console is.</summary>
internal static class InfoEndpoint
{
    public static void MapInfo(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/info", (ConsoleStart start, IServerCatalog catalog, TimeProvider time) =>
            {
                var servers = catalog.All;
                return TypedResults.Ok(new InfoView(
                    "McpConsole",
                    Version,
                    RuntimeInformation.FrameworkDescription,
                    RuntimeInformation.OSDescription,
                    start.At,
                    (time.GetUtcNow() - start.At).TotalSeconds,
                    servers.Length,
                    servers.Count(s => s.State == Lifecycle.Running)));
            })
            .WithTags("Console").WithName("getInfo").WithSummary("Get what this console is").RequireAuthorization(LoopbackRequirement.PolicyName);

    internal static string Version { get; } =
        typeof(InfoEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}

internal sealed record InfoView(
    string Name,
    string Version,
    string Runtime,
    string System,
    DateTimeOffset StartedAt,
    double UptimeSeconds,
    int Servers,
    int Running);

/// <summary>When the console started.</summary>
internal sealed record ConsoleStart(DateTimeOffset At);
