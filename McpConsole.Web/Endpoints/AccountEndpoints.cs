using McpConsole.Domain.Accounts;
using McpConsole.Domain.Results;
using McpConsole.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace McpConsole.Web.Endpoints;

/// <summary>
/// What the sign-in, first-run and password forms post to. Each answers with a redirect: on success to where the person wanted to go, else back to
/// the form with the error's code in the query.
/// </summary>
internal static class AccountEndpoints
{
    private const string SignInPage = "/account/sign-in";
    private const string SetUpPage = "/setup";
    private const string PasswordPage = "/account/password";

    // Below zero: the form's own page answers GET, and would take its POST too.
    private const int BeforePages = -1;

    public static IEndpointRouteBuilder MapAccounts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").AllowAnonymous().RequireRateLimiting(SignInLimit.PolicyName).ExcludeFromDescription();
        group.MapPost(SignInPage, SignInAsync).WithOrder(BeforePages);
        group.MapPost(SetUpPage, SetUpAsync).WithOrder(BeforePages);
        routes.MapPost(PasswordPage, ChangePasswordAsync)
            .WithOrder(BeforePages).RequireAuthorization(Policies.View).RequireRateLimiting(SignInLimit.PolicyName).ExcludeFromDescription();
        routes.MapGroup("").RequireAntiforgeryOfCookies().MapPost("/account/sign-out", SignOutAsync)
            .WithOrder(BeforePages).RequireAuthorization().ExcludeFromDescription();
        return routes;
    }

    private static async Task<RedirectHttpResult> SignInAsync(
        [FromForm] string? userName,
        [FromForm] string? password,
        [FromForm] string? returnUrl,
        ISignIn signIn,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var outcome = await signIn.SignInAsync(userName ?? "", password ?? "", AddressOf(context), cancellationToken);
        if (!outcome.TryGet(out var session, out var error))
        {
            return Back(SignInPage, error, ("returnUrl", returnUrl), ("userName", userName));
        }

        await context.SignInAsync(SchemeNames.Cookie, session.ToPrincipal());
        return TypedResults.LocalRedirect(LocalRedirect.Safe(returnUrl));
    }

    private static async Task<RedirectHttpResult> SetUpAsync(
        [FromForm] string? code,
        [FromForm] string? userName,
        [FromForm] string? password,
        [FromForm] string? confirmation,
        IFirstRun firstRun,
        ISignIn signIn,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (password != confirmation)
        {
            return Back(SetUpPage, PasswordsDiffer, ("code", code));
        }

        var address = AddressOf(context);
        var made = await firstRun.CompleteAsync(code ?? "", userName ?? "", password ?? "", address, cancellationToken);
        if (!made.TryGet(out var user, out var error))
        {
            return Back(SetUpPage, error, ("code", code), ("userName", userName));
        }

        var outcome = await signIn.SignInAsync(user.UserName, password!, address, cancellationToken);
        if (!outcome.TryGet(out var session, out _))
        {
            return TypedResults.LocalRedirect(SignInPage);
        }

        await context.SignInAsync(SchemeNames.Cookie, session.ToPrincipal());
        return TypedResults.LocalRedirect("/");
    }

    // Every session ends with the old password; the one that asked goes on.
    private static async Task<RedirectHttpResult> ChangePasswordAsync(
        [FromForm] string? current,
        [FromForm] string? password,
        [FromForm] string? confirmation,
        IAccounts accounts,
        ISignIn signIn,
        Caller caller,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (password != confirmation)
        {
            return Back(PasswordPage, PasswordsDiffer);
        }

        var changed = await accounts.ChangeOwnPasswordAsync(current ?? "", password ?? "", caller.Actor, cancellationToken);
        if (changed.Error is { } error)
        {
            return Back(PasswordPage, error);
        }

        var outcome = await signIn.SignInAsync(caller.Actor.Name, password!, caller.Actor.Address, cancellationToken);
        if (!outcome.TryGet(out var session, out _))
        {
            return TypedResults.LocalRedirect(SignInPage);
        }

        await context.SignInAsync(SchemeNames.Cookie, session.ToPrincipal());
        return TypedResults.LocalRedirect(PasswordPage + "?changed=true");
    }

    private static async Task<RedirectHttpResult> SignOutAsync(HttpContext context, CancellationToken _)
    {
        await context.SignOutAsync(SchemeNames.Cookie);
        return TypedResults.LocalRedirect(SignInPage);
    }

    private static Error PasswordsDiffer => new("accounts.passwords_differ", ErrorKind.Invalid, "The two passwords differ.");

    private static string? AddressOf(HttpContext context) => ConsoleClaims.Plain(context.Connection.RemoteIpAddress)?.ToString();

    // The password is never among what goes back into the address bar.
    private static RedirectHttpResult Back(string page, Error error, params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        var query = QueryString.Create("error", error.Code);
        foreach (var (name, value) in fields)
        {
            query = string.IsNullOrEmpty(value) ? query : query.Add(name, value);
        }

        return TypedResults.LocalRedirect(page + query);
    }
}
