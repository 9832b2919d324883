using System.Security.Claims;
using McpConsole.Domain.Accounts;
using Microsoft.AspNetCore.Components.Authorization;

namespace McpConsole.Web.Accounts;

/// <summary>Who sits in front of this circuit's pages; the commands take it as their actor.</summary>
internal sealed class CurrentUser(AuthenticationStateProvider authentication)
{
    /// <summary>Where the circuit's browser is; the document sets it, since a circuit itself has no request.</summary>
    public string? Address { get; set; }

    public async Task<Actor> ActorAsync()
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        var role = Enum.TryParse<Role>(user.FindFirstValue(ClaimTypes.Role), out var known) ? known : Role.Viewer;
        return new Actor(user.Identity?.Name ?? "", role, Address);
    }
}
