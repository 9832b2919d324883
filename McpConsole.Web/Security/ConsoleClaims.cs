using System.Net;
using System.Security.Claims;
using McpConsole.Domain.Accounts;

namespace McpConsole.Web.Security;

/// <summary>Turns who signed in into claims, and claims into the domain's actor.</summary>
public static class ConsoleClaims
{
    internal const string Stamp = "stamp";

    /// <summary>Who acts. Every path that changes something passes this on to the domain, which decides again.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the endpoint's policy is missing.</exception>
    public static Actor ToActor(this ClaimsPrincipal user, IPAddress? address) =>
        user.Identity is { IsAuthenticated: true, Name: { } name } && Enum.TryParse<Role>(user.FindFirstValue(ClaimTypes.Role), out var role)
            ? new Actor(name, role, Plain(address)?.ToString()) { UserId = Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null }
            : throw new InvalidOperationException("Nobody is signed in.");

    internal static ClaimsPrincipal ToPrincipal(this SignedIn session) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, session.UserId.ToString()),
            new(ClaimTypes.Name, session.UserName),
            new(ClaimTypes.Role, session.Role.ToString()),
            new(Stamp, session.Stamp),
        ],
        SchemeNames.Cookie));

    internal static ClaimsPrincipal ToPrincipal(this Actor actor)
    {
        var identity = new ClaimsIdentity([new(ClaimTypes.Name, actor.Name), new(ClaimTypes.Role, actor.Role.ToString())], SchemeNames.Token);
        if (actor.UserId is { } owner)
        {
            identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, owner.ToString()));
        }

        return new ClaimsPrincipal(identity);
    }

    /// <summary>An IPv4 address as such, however the socket reports it.</summary>
    internal static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
