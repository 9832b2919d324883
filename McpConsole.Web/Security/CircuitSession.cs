using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace McpConsole.Web.Security;

/// <summary>Ends an open page's sign-in when its session is over, or its role is another one: a circuit sends no further cookie.</summary>
internal sealed class CircuitSession(SessionCheck check, ILoggerFactory loggers) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(15);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        await check.CheckAsync(authenticationState.User, cancellationToken) is { } session
        && authenticationState.User.IsInRole(session.Role.ToString());
}
