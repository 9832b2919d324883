using McpConsole.Web.Accounts;
using McpConsole.Web.Components;
using McpConsole.Web.Resources;
using McpConsole.Web.Servers;
using McpConsole.Web.State;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Radzen;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers and maps the pages.</summary>
internal static class PagesSetup
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.DefaultRequestCulture = new RequestCulture(Languages.All[0]);
            options.SupportedCultures = [.. Languages.All];
            options.SupportedUICultures = [.. Languages.All];

            // zh, zh-CN and zh-SG readers ask for these names; their texts are those of zh-Hans.
            options.AddInitialRequestCultureProvider(new ChineseCultureProvider());
        });
        services.AddRazorComponents().AddInteractiveServerComponents(options =>
        {
            // A circuit without its browser keeps what its pages hold; state is in the URL, so a reload restores the view.
            options.DisconnectedCircuitMaxRetained = 20;
            options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(2);
        });
        services.AddCascadingAuthenticationState();
        services.AddRadzenComponents();
        services.TryAddScoped<BrowserClock>();
        services.TryAddScoped<CurrentUser>();
        services.TryAddScoped<Toasts>();
        services.TryAddScoped<Asking>();
        services.TryAddScoped<ServerActions>();
        return services;
    }

    public static void MapPages(this WebApplication app)
    {
        app.UseRequestLocalization();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
