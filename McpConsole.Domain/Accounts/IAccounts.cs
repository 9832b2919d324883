using System.Collections.Immutable;
using McpConsole.Domain.Results;

namespace McpConsole.Domain.Accounts;

/// <summary>
/// The users. Every change needs an administrator, except that of one's own password, goes to the audit log, and never leaves the console
/// without an administrator.
/// </summary>
public interface IAccounts
{
    Task<Result<ImmutableArray<UserInfo>>> ListAsync(Actor actor, CancellationToken cancellationToken);

    Task<Result<UserInfo>> CreateAsync(string userName, string password, Role role, Actor actor, CancellationToken cancellationToken);

    Task<Result<UserInfo>> SetRoleAsync(Guid user, Role role, Actor actor, CancellationToken cancellationToken);

    /// <summary>Sets a password and signs the user out everywhere.</summary>
    Task<Result<Done>> SetPasswordAsync(Guid user, string password, Actor actor, CancellationToken cancellationToken);

    /// <summary>
    /// Sets the actor's own password and signs them out everywhere. A wrong <paramref name="current"/> one counts as a sign-in that failed
    /// and gives <c>accounts.current_password_refused</c>, as a locked account does.
    /// </summary>
    Task<Result<Done>> ChangeOwnPasswordAsync(string current, string password, Actor actor, CancellationToken cancellationToken);

    /// <summary>A disabled user cannot sign in, and is signed out everywhere.</summary>
    Task<Result<UserInfo>> SetDisabledAsync(Guid user, bool disabled, Actor actor, CancellationToken cancellationToken);

    Task<Result<Done>> DeleteAsync(Guid user, Actor actor, CancellationToken cancellationToken);
}

/// <param name="LockedUntil">Set while sign-in is locked after too many wrong passwords.</param>
public sealed record UserInfo(
    Guid Id,
    string UserName,
    Role Role,
    bool Disabled,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastSignIn,
    DateTimeOffset? LockedUntil);
