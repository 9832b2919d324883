using System.Text.Encodings.Web;
using McpConsole.Domain.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace McpConsole.Web.Security;

/// <summary>Signs in by <c>Authorization: Bearer TOKEN</c>.</summary>
internal sealed class TokenAuthentication(
    IApiTokens tokens,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";

    /// <summary>The token that a request carries, wherever it may stand.</summary>
    public static string? Find(HttpRequest request)
    {
        // Pages are for people who signed in: on a circuit, nothing would end what a revoked token opened, and a token with a small role
        // would speak for its owner.
        if (request.Path.StartsWithSegments("/_blazor"))
        {
            return null;
        }

        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return header[Prefix.Length..].Trim();
        }

        // A browser cannot set headers on a WebSocket: SignalR's own clients send the token in the query, to hubs alone.
        return request.Path.StartsWithSegments("/hubs") && request.Query["access_token"].ToString() is { Length: > 0 } token ? token : null;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Find(Request) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        var address = ConsoleClaims.Plain(Context.Connection.RemoteIpAddress)?.ToString();
        return await tokens.VerifyAsync(token, address, Context.RequestAborted) is { } actor
            ? AuthenticateResult.Success(new AuthenticationTicket(actor.ToPrincipal(), Scheme.Name))
            : AuthenticateResult.Fail("The token is unknown, revoked or expired.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        return Task.CompletedTask;
    }
}
