using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace McpConsole.Web.Security;

/// <summary>
/// A call to the API that changes something and rides on the sign-in cookie must carry the antiforgery token; one that carries its own
/// API token need not, as no browser adds that by itself.
/// </summary>
internal static class CookieAntiforgery
{
    /// <summary>Where a script of ours sends the token that it read from the cookie of the same name.</summary>
    public const string HeaderName = "X-XSRF-TOKEN";

    public const string CookieName = "XSRF-TOKEN";

    public static RouteGroupBuilder RequireAntiforgeryOfCookies(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var harmless = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
            if (harmless
                || http.User.Identity?.AuthenticationType != SchemeNames.Cookie
                || await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
            {
                return await next(context);
            }

            return TypedResults.Problem(
                $"A call that rides on the sign-in cookie needs the antiforgery token in the header {HeaderName}.",
                statusCode: StatusCodes.Status400BadRequest,
                extensions: new Dictionary<string, object?> { ["code"] = "antiforgery.missing" });
        });
        return group;
    }

    /// <summary>Lets scripts of this origin read the token that belongs to the current user, from a cookie.</summary>
    public static NoContent Offer(HttpContext context, IAntiforgery antiforgery)
    {
        var token = antiforgery.GetAndStoreTokens(context).RequestToken!;
        context.Response.Cookies.Append(
            CookieName, token, new CookieOptions { SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, HttpOnly = false });
        return TypedResults.NoContent();
    }
}
