using System.ComponentModel;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Results;
using Microsoft.AspNetCore.Http.HttpResults;

namespace McpConsole.Web.Endpoints;

/// <summary>The people who may sign in, and oneself.</summary>
internal static class UsersApi
{
    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/me", (Caller caller) => TypedResults.Ok(new MeView(caller.Actor.Name, caller.Actor.Role)))
            .WithTags("Users").WithName("getMe").WithSummary("Get who calls, and with which role");

        var group = routes.MapGroup("/users").WithTags("Users").RequireAuthorization(Policies.Administer);
        group.MapGet("", ListAsync).WithName("listUsers").WithSummary("List users");
        group.MapPost("", CreateAsync).WithName("createUser").WithSummary("Create a user");
        group.MapPut("/{user:guid}/role", SetRoleAsync).WithName("setUserRole").WithSummary("Give a user another role");
        group.MapPut("/{user:guid}/password", SetPasswordAsync).WithName("setUserPassword").WithSummary("Set a password, and sign the user out everywhere");
        group.MapPut("/{user:guid}/disabled", SetDisabledAsync).WithName("setUserDisabled").WithSummary("Disable or enable a user");
        group.MapDelete("/{user:guid}", DeleteAsync).WithName("deleteUser").WithSummary("Delete a user");
    }

    private static async Task<Results<Ok<PageOf<UserInfo>>, ProblemHttpResult>> ListAsync(
        IAccounts accounts, [AsParameters] Paging paging, Caller caller, CancellationToken cancellationToken) =>
        paging.Errors is { IsEmpty: false } errors
            ? errors.ToProblem()
            : (await accounts.ListAsync(caller.Actor, cancellationToken)).ToOk(all => paging.Cut(all, u => u));

    private static async Task<Results<Created<UserInfo>, ProblemHttpResult>> CreateAsync(
        UserBody body, IAccounts accounts, Caller caller, CancellationToken cancellationToken)
    {
        if (body.Role is not { } role)
        {
            return RoleMissing.ToProblem();
        }

        var made = await accounts.CreateAsync(body.UserName ?? "", body.Password ?? "", role, caller.Actor, cancellationToken);
        return made.IsOk ? TypedResults.Created($"/api/users/{made.Value.Id}", made.Value) : made.Errors.ToProblem();
    }

    private static async Task<Results<Ok<UserInfo>, ProblemHttpResult>> SetRoleAsync(
        Guid user, RoleBody body, IAccounts accounts, Caller caller, CancellationToken cancellationToken) =>
        body.Role is { } role
            ? (await accounts.SetRoleAsync(user, role, caller.Actor, cancellationToken)).ToOk(u => u)
            : RoleMissing.ToProblem();

    private static async Task<Results<NoContent, ProblemHttpResult>> SetPasswordAsync(
        Guid user, PasswordBody body, IAccounts accounts, Caller caller, CancellationToken cancellationToken) =>
        (await accounts.SetPasswordAsync(user, body.Password ?? "", caller.Actor, cancellationToken)).ToNoContent();

    private static async Task<Results<Ok<UserInfo>, ProblemHttpResult>> SetDisabledAsync(
        Guid user, DisabledBody body, IAccounts accounts, Caller caller, CancellationToken cancellationToken) =>
        (await accounts.SetDisabledAsync(user, body.Disabled, caller.Actor, cancellationToken)).ToOk(u => u);

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid user, IAccounts accounts, Caller caller, CancellationToken cancellationToken) =>
        (await accounts.DeleteAsync(user, caller.Actor, cancellationToken)).ToNoContent();

    private static Error RoleMissing => new Error("users.role", ErrorKind.Invalid, "Give a role: viewer, developer or administrator.").At("role");
}

internal sealed record MeView(string Name, Role Role);

internal sealed record UserBody(string? UserName, [property: Description("12 characters at least.")] string? Password, Role? Role);

internal sealed record RoleBody(Role? Role);

internal sealed record PasswordBody(string? Password);

internal sealed record DisabledBody(bool Disabled);
