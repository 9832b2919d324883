using System.ComponentModel;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace McpConsole.Web.Endpoints;

/// <summary>Who changed what.</summary>
internal static class AuditApi
{
    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/audit", ReadAsync).WithTags("Audit").WithName("listAudit").WithSummary("List changes of state, newest first")
            .RequireAuthorization(Policies.Administer);

    private static async Task<Results<Ok<PageOf<AuditEntry>>, ProblemHttpResult>> ReadAsync(
        IAuditLog audit,
        [AsParameters] Paging paging,
        CancellationToken cancellationToken,
        [Description("Part of an actor, action, target or address.")] string? q = null,
        DateTimeOffset? since = null,
        DateTimeOffset? until = null)
    {
        if (paging.Errors is { IsEmpty: false } errors)
        {
            return errors.ToProblem();
        }

        var found = await audit.ReadAsync(new AuditQuery(q, since, until, paging.Page, paging.Size), cancellationToken);
        return TypedResults.Ok(new PageOf<AuditEntry>(found.Items, paging.Page, paging.Size, found.Total));
    }
}
