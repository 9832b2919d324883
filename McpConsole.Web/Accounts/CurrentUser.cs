using System.Net;
using McpConsole.Domain.Accounts;
using McpConsole.Web.Security;
using Microsoft.AspNetCore.Components.Authorization;

namespace McpConsole.Web.Accounts;

/// <summary>Who sits in front of this circuit's pages; the commands take it as their actor.</summary>
internal sealed class CurrentUser(AuthenticationStateProvider authentication)
{
    /// <summary>Where the circuit's browser is; the document sets it, since a circuit itself has no request.</summary>
    public IPAddress? Address { get; set; }

    public async Task<Actor> ActorAsync() => (await authentication.GetAuthenticationStateAsync()).User.ToActor(Address);
}
