using McpConsole.Domain.Accounts;
using McpConsole.Web.Security;

namespace McpConsole.Web.Endpoints;

/// <summary>The REST API under <c>/api</c>.</summary>
internal static class ApiEndpoints
{
    public static IEndpointRouteBuilder MapConsoleApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").RequireAuthorization(Policies.View).RequireAntiforgeryOfCookies()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        api.MapGet("/antiforgery", CookieAntiforgery.Offer).ExcludeFromDescription();
        api.MapServers();
        api.MapLifecycle();
        api.MapImport();
        api.MapTools();
        api.MapProcesses();
        api.MapLogs();
        api.MapLogSearch();
        api.MapEvents();
        api.MapAudit();
        api.MapTokens();
        api.MapUsers();
        api.MapJobs();
        api.MapSettings();
        return routes;
    }
}
