using System.ComponentModel;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Results;
using Microsoft.AspNetCore.Http.HttpResults;

namespace McpConsole.Web.Endpoints;

/// <summary>API tokens.</summary>
internal static class TokensApi
{
    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/tokens").WithTags("Tokens").RequireAuthorization(Policies.Administer);
        group.MapGet("", ListAsync).WithName("listTokens").WithSummary("List API tokens");
        group.MapPost("", CreateAsync).WithName("createToken").WithSummary("Create an API token").WithDescription("The token is shown this once.");
        group.MapDelete("/{token:guid}", RevokeAsync).WithName("revokeToken").WithSummary("Revoke an API token");
    }

    private static async Task<Results<Ok<PageOf<ApiTokenInfo>>, ProblemHttpResult>> ListAsync(
        IApiTokens tokens, [AsParameters] Paging paging, Caller caller, CancellationToken cancellationToken) =>
        paging.Errors is { IsEmpty: false } errors
            ? errors.ToProblem()
            : (await tokens.ListAsync(caller.Actor, cancellationToken)).ToOk(all => paging.Cut(all, t => t));

    private static async Task<Results<Created<NewApiToken>, ProblemHttpResult>> CreateAsync(
        TokenBody body, IApiTokens tokens, Caller caller, CancellationToken cancellationToken)
    {
        if (body.Role is not { } role)
        {
            return new Error("tokens.role", ErrorKind.Invalid, "Give the token a role: viewer, developer or administrator.").At("role").ToProblem();
        }

        var made = await tokens.CreateAsync(body.Name ?? "", role, body.ExpiresAt, caller.Actor, cancellationToken);
        return made.IsOk ? TypedResults.Created($"/api/tokens/{made.Value.Info.Id}", made.Value) : made.Errors.ToProblem();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        Guid token, IApiTokens tokens, Caller caller, CancellationToken cancellationToken) =>
        (await tokens.RevokeAsync(token, caller.Actor, cancellationToken)).ToNoContent();
}

internal sealed record TokenBody(
    [property: Description("What it is for.")] string? Name,
    [property: Description("At most the role of its maker.")] Role? Role,
    [property: Description("Left out, it does not expire.")] DateTimeOffset? ExpiresAt = null);
