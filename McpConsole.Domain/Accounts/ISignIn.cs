using McpConsole.Domain.Results;

namespace McpConsole.Domain.Accounts;

/// <summary>Checks who someone is. Each attempt, with the address it came from, goes to the audit log.</summary>
public interface ISignIn
{
    /// <summary>
    /// Five wrong passwords lock a user for five minutes. An unknown name, a wrong password, a locked and a disabled user all give the
    /// same error, <c>accounts.sign_in_refused</c>, after the same work: the answer does not tell which names exist.
    /// </summary>
    Task<Result<SignedIn>> SignInAsync(string userName, string password, string? address, CancellationToken cancellationToken);

    /// <summary>
    /// The user as of now, for cookies and circuits that live on: null when the user is gone or disabled, or when
    /// <paramref name="stamp"/> is no longer theirs, because the password or role changed.
    /// </summary>
    Task<SignedIn?> ValidateAsync(Guid userId, string stamp, CancellationToken cancellationToken);
}

/// <param name="Stamp">Changes whenever earlier sign-ins must end; a cookie carries it.</param>
public sealed record SignedIn(Guid UserId, string UserName, Role Role, string Stamp);
