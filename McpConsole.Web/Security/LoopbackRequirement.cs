using System.Net;
using Microsoft.AspNetCore.Authorization;

namespace McpConsole.Web.Security;

/// <summary>Met by whoever is signed in, and by programs on this machine: probes and scrapers have no account.</summary>
internal sealed class LoopbackRequirement : AuthorizationHandler<LoopbackRequirement, HttpContext>, IAuthorizationRequirement
{
    public const string PolicyName = "SignedInOrLoopback";

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, LoopbackRequirement requirement, HttpContext resource)
    {
        if (resource.User.Identity is { IsAuthenticated: true } || IsLocal(resource))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    // A proxy on this machine connects from loopback for the whole world: what it forwards is not local.
    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && !context.Request.Headers.ContainsKey("Forwarded");
}
