using McpConsole.Domain.Accounts;
using McpConsole.Infrastructure.Database;

namespace McpConsole.Web.Security;

/// <summary>
/// Whether whoever opened a stream may still read it: a request checks that once, but a stream can outlive a revoked token or a session
/// that was ended.
/// </summary>
internal sealed class Standing(SessionCheck sessions, IApiTokens tokens)
{
    /// <summary>How often a stream asks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    public async Task<bool> HoldsAsync(HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            return TokenAuthentication.Find(context.Request) is { } token
                ? await tokens.VerifyAsync(token, null, cancellationToken) is not null
                : await sessions.CheckAsync(context.User, cancellationToken) is not null;
        }
        catch (DatabaseUnavailableException)
        {
            // Nobody is thrown out because the database is away; the stream asks again at its next interval.
            return true;
        }
    }
}
