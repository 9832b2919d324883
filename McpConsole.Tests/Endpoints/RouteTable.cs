using McpConsole.Domain.Accounts;

namespace McpConsole.Tests.Endpoints;

/// <summary>Every route of the console, and who may use it.</summary>
internal static class RouteTable
{
    public static IReadOnlyList<RouteRow> Rows { get; } =
    [
        new("GET /api/servers", Role.Viewer),
        new("GET /api/servers/{id}", Role.Viewer),
        new("GET /api/servers/{id}/status", Role.Viewer),
        new("GET /api/servers/{id}/command", Role.Viewer),
        new("POST /api/servers", Role.Developer, """{"name":"pets","openapiUrl":"/srv/pets.json"}"""),
        new("PUT /api/servers/{id}", Role.Developer, """{"name":"pets","openapiUrl":"/srv/pets.json"}"""),
        new("DELETE /api/servers/{id}", Role.Developer),
        new("POST /api/servers/{id}/start", Role.Developer),
        new("POST /api/servers/{id}/stop", Role.Developer),
        new("POST /api/servers/{id}/restart", Role.Developer),
        new("POST /api/servers/{id}/check", Role.Developer),
        new("POST /api/servers/bulk", Role.Developer, """{"ids":["pets"],"action":"stop"}"""),
        new("POST /api/servers/import", Role.Developer, """{"mcpServers":{"a":{"command":"x"}}}"""),
        new("GET /api/servers/{id}/tools", Role.Viewer),
        new("POST /api/servers/{id}/tools/{name}", Role.Developer, "{}"),
        new("POST /api/documents/inspect", Role.Developer, """{"document":"/srv/pets.json"}"""),
        new("GET /api/processes", Role.Viewer),
        new("GET /api/processes/{id}", Role.Viewer),
        new("GET /api/processes/{id}/metrics", Role.Viewer),
        new("GET /api/processes/{id}/runs", Role.Viewer),
        new("POST /api/processes/{id}/restart", Role.Developer),
        new("GET /api/processes/{id}/logs", Role.Viewer),
        new("GET /api/processes/{id}/logs/stream", Role.Viewer),
        new("GET /api/logs/search", Role.Viewer),
        new("GET /api/events", Role.Viewer),
        new("GET /api/audit", Role.Administrator),
        new("GET /api/tokens", Role.Administrator),
        new("POST /api/tokens", Role.Administrator, """{"name":"ci","role":"viewer"}"""),
        new("DELETE /api/tokens/{token:guid}", Role.Administrator),
        new("GET /api/antiforgery", Role.Viewer),
        new("GET /api/me", Role.Viewer),
        new("GET /api/users", Role.Administrator),
        new("POST /api/users", Role.Administrator, """{"userName":"ann","password":"correct horse battery","role":"viewer"}"""),
        new("PUT /api/users/{user:guid}/role", Role.Administrator, """{"role":"viewer"}"""),
        new("PUT /api/users/{user:guid}/password", Role.Administrator, """{"password":"correct horse battery"}"""),
        new("PUT /api/users/{user:guid}/disabled", Role.Administrator, """{"disabled":true}"""),
        new("DELETE /api/users/{user:guid}", Role.Administrator),
        new("GET /api/jobs", Role.Viewer),
        new("POST /api/jobs/{job}/run", Role.Developer),
        new("POST /api/jobs/{job}/pause", Role.Developer),
        new("POST /api/jobs/{job}/resume", Role.Developer),
        new("GET /api/settings", Role.Administrator),
        new("PUT /api/settings", Role.Administrator, """{"PROCESS_MAX_RETRIES":"5"}"""),
        new("GET /health", Role.Viewer),
        new("GET /health/live", Role.Viewer),
        new("GET /health/ready", Role.Viewer),
        new("GET /health/detailed", Role.Viewer),
        new("GET /health/metrics", Role.Viewer),
        new("GET /metrics", Role.Viewer),
        new("GET /info", Role.Viewer),
        new("GET /openapi/{documentName}.json", Role.Viewer),
        new("GET /hubs/live/negotiate", Role.Viewer),
        new("GET /hubs/live", Role.Viewer),
    ];

    public static RouteRow Find(string route) => Rows.Single(row => row.Route == route);
}

/// <param name="Route">Method and pattern.</param>
/// <param name="Least">The smallest role that may use it.</param>
/// <param name="Body">One that it takes; null where it takes none.</param>
internal sealed record RouteRow(string Route, Role Least, string? Body = null)
{
    public bool NamesServer => Route.Contains("{id}", StringComparison.Ordinal);

    public HttpRequestMessage Request(string id = "pets", string? body = null)
    {
        var (method, pattern) = (Route.Split(' ')[0], Route.Split(' ')[1]);
        var path = pattern
            .Replace("{id}", id, StringComparison.Ordinal)
            .Replace("{name}", "listPets", StringComparison.Ordinal)
            .Replace("{token:guid}", Guid.Empty.ToString(), StringComparison.Ordinal)
            .Replace("{user:guid}", Guid.Empty.ToString(), StringComparison.Ordinal)
            .Replace("{job}", "health-sweep", StringComparison.Ordinal)
            .Replace("{documentName}", "v1", StringComparison.Ordinal);
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if ((body ?? Body) is { } content)
        {
            request.Content = new StringContent(content, System.Text.Encoding.UTF8, "application/json");
        }

        return request;
    }

    public override string ToString() => Route;
}
