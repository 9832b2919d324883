using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace McpConsole.Web.Security;

/// <summary>What the sign-in cookie does beyond its defaults.</summary>
internal static class CookieSession
{
    private static readonly string[] s_programPaths = ["/api", "/hubs", "/openapi", "/health", "/metrics", "/info", "/_blazor"];

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "mcpconsole";
        options.Cookie.HttpOnly = true;
        // Strict would drop the cookie on a link from a chat or a mail into the console.
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(8);
        options.SlidingExpiration = true;
        options.LoginPath = "/account/sign-in";
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnRedirectToLogin = ChallengeAsync;
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var check = context.HttpContext.RequestServices.GetRequiredService<SessionCheck>();
        if (await check.CheckAsync(context.Principal!, context.HttpContext.RequestAborted) is { } session)
        {
            context.ReplacePrincipal(session.ToPrincipal());
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(SchemeNames.Cookie);
    }

    // A program gets a status that it understands; a person is led to the page.
    private static Task ChallengeAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var path = context.Request.Path;
        if (s_programPaths.Any(program => path.StartsWithSegments(program)) && !path.StartsWithSegments("/api/docs"))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }
}
