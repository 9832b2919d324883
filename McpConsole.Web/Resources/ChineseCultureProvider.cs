using Microsoft.AspNetCore.Localization;

namespace McpConsole.Web.Resources;

/// <summary>
/// Takes the browser's «zh», «zh-CN» and «zh-SG» for Simplified Chinese. ASP.NET Core looks for parents of a name alone, and the parent of
/// «zh-CN» is «zh-Hans» in some cultures' data and «zh» in others. The culture cookie, where it is set, decides first.
/// </summary>
internal sealed class ChineseCultureProvider : RequestCultureProvider
{
    public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext)
    {
        var first = httpContext.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).FirstOrDefault()?.Value.Value;
        var chosen = httpContext.Request.Cookies.ContainsKey(CookieRequestCultureProvider.DefaultCookieName);
        var chinese = first is not null && (first.Equals("zh", StringComparison.OrdinalIgnoreCase) || first.StartsWith("zh-", StringComparison.OrdinalIgnoreCase));
        return Task.FromResult(!chosen && chinese ? new ProviderCultureResult("zh-Hans") : null);
    }
}
