using System.Collections.Immutable;
using McpConsole.Domain.Results;

namespace McpConsole.Domain.Accounts;

/// <summary>
/// The users. Every change needs an administrator (a user may change their own password), goes to the audit log, and never leaves the
/// console without an administrator.
/// </summary>
public interface IAccounts
{
    Task<Result<ImmutableArray<UserInfo>>> ListAsync(Actor actor, CancellationToken cancellationToken);

    Task<Result<UserInfo>> CreateAsync(string userName, string password, Role role, Actor actor, CancellationToken cancellationToken);

    Task<Result<UserInfo>> SetRoleAsync(Guid user, Role role, Actor actor, CancellationToken cancellationToken);

    /// <summary>Sets a password and signs the user out everywhere.</summary>
    Task<Result<Done>> SetPasswordAsync(Guid user, string password, Actor actor, CancellationToken cancellationToken);

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
