using System.Collections.Immutable;
using McpConsole.Domain.Results;

namespace McpConsole.Domain.Accounts;

/// <summary>API tokens: <c>mcpc_</c> and 43 URL-safe characters (256 random bits), stored as a SHA-256 hash, shown once.</summary>
public interface IApiTokens
{
    Task<Result<ImmutableArray<ApiTokenInfo>>> ListAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>A token's role is at most that of its maker.</summary>
    Task<Result<NewApiToken>> CreateAsync(string name, Role role, DateTimeOffset? expiresAt, Actor actor, CancellationToken cancellationToken);

    Task<Result<Done>> RevokeAsync(Guid token, Actor actor, CancellationToken cancellationToken);

    /// <summary>Null for a token that is unknown, revoked or expired, or whose owner is disabled.</summary>
    Task<Actor?> VerifyAsync(string token, string? address, CancellationToken cancellationToken);
}

/// <param name="Prefix">Its first characters, to tell it from others.</param>
public sealed record ApiTokenInfo(
    Guid Id,
    string Name,
    string Prefix,
    Role Role,
    string Owner,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt);

/// <param name="Token">The token itself: this once and never again.</param>
public sealed record NewApiToken(ApiTokenInfo Info, string Token);
