using System.Collections.Concurrent;
using System.Security.Claims;
using McpConsole.Domain.Accounts;

namespace McpConsole.Web.Security;

/// <summary>
/// Asks whether a cookie's session still holds: a changed password, role or standing ends it everywhere, in open pages too. An answer is
/// good for some seconds, so that a page with forty requests costs one question.
/// </summary>
internal sealed partial class SessionCheck(ISignIn signIn, TimeProvider time, ILogger<SessionCheck> logger)
{
    private static readonly TimeSpan s_freshness = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(Guid User, string Stamp), Answer> _answers = new();

    /// <summary>The session as of now; null when it is over.</summary>
    public async Task<SignedIn?> CheckAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) || user.FindFirstValue(ConsoleClaims.Stamp) is not { } stamp)
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (_answers.TryGetValue((id, stamp), out var known) && now - known.At < s_freshness)
        {
            return known.Session;
        }

        foreach (var (key, answer) in _answers)
        {
            if (now - answer.At >= s_freshness)
            {
                _answers.TryRemove(key, out _);
            }
        }

        var session = await AskAsync(user, id, stamp, cancellationToken);
        _answers[(id, stamp)] = new Answer(session, now);
        return session;
    }

    private async Task<SignedIn?> AskAsync(ClaimsPrincipal user, Guid id, string stamp, CancellationToken cancellationToken)
    {
        try
        {
            return await signIn.ValidateAsync(id, stamp, cancellationToken);
        }
        // Whatever an adapter throws when the database is away: nobody is thrown out for that, and nobody gets more than they had.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotChecked(e);
            var role = Enum.Parse<Role>(user.FindFirstValue(ClaimTypes.Role)!);
            return new SignedIn(id, user.Identity!.Name!, role, stamp);
        }
    }

    [LoggerMessage(8001, LogLevel.Warning, "Sessions cannot be checked now; the ones that are open stay open")]
    private partial void LogNotChecked(Exception exception);

    private sealed record Answer(SignedIn? Session, DateTimeOffset At);
}
