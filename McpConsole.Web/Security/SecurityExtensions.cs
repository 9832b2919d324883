using McpConsole.Domain.Accounts;
using McpConsole.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using HostOptions = McpConsole.Web.Security.HostOptions;

namespace Microsoft.Extensions.DependencyInjection;

internal static class SecurityExtensions
{
    /// <summary>Signing in by cookie or token, a policy for each role, antiforgery, and limits on guessing.</summary>
    public static IServiceCollection AddConsoleSecurity(this IServiceCollection services)
    {
        services.AddAuthentication(SchemeNames.Any)
            .AddPolicyScheme(SchemeNames.Any, null, options => options.ForwardDefaultSelector = context =>
                TokenAuthentication.Find(context.Request) is null ? SchemeNames.Cookie : SchemeNames.Token)
            .AddCookie(SchemeNames.Cookie, CookieSession.Configure)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(SchemeNames.Token, null);

        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(AtLeast(Role.Viewer))
            .SetDefaultPolicy(AtLeast(Role.Viewer))
            .AddPolicy(Policies.View, AtLeast(Role.Viewer))
            .AddPolicy(Policies.Operate, AtLeast(Role.Developer))
            .AddPolicy(Policies.Administer, AtLeast(Role.Administrator))
            .AddPolicy(LoopbackRequirement.PolicyName, policy => policy.AddRequirements(new LoopbackRequirement()));

        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ForbiddenPage>();

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<HostOptions>, HostOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOptionsChangeTokenSource<HostOptions>, HostOptionsSetup>());
        services.AddAntiforgery(options =>
        {
            options.HeaderName = CookieAntiforgery.HeaderName;
            options.Cookie.Name = "mcpconsole-antiforgery";
            options.Cookie.SameSite = SameSiteMode.Strict;
        });
        services.AddRateLimiter(options =>
        {
            options.AddPolicy(SignInLimit.PolicyName, SignInLimit.Partition);
            options.OnRejected = SignInLimit.LeadBackAsync;
        });
        services.TryAddSingleton<SessionCheck>();
        services.TryAddSingleton<Standing>();
        services.TryAddScoped<AuthenticationStateProvider, CircuitSession>();
        services.AddCascadingAuthenticationState();
        return services;
    }

    /// <summary>Everything that a request passes before its endpoint.</summary>
    public static WebApplication UseConsoleSecurity(this WebApplication app)
    {
        app.UseSecurityHeaders();
        // Before the guard: without it nothing tells it that a request asks for a WebSocket.
        app.UseWebSockets();
        app.UseMiddleware<HostGuard>();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        return app;
    }

    private static AuthorizationPolicy AtLeast(Role role) => new AuthorizationPolicyBuilder()
        .RequireAuthenticatedUser()
        .RequireRole(Enum.GetValues<Role>().Where(r => r >= role).Select(r => r.ToString()))
        .Build();
}
