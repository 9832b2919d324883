using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Audit;
using McpConsole.Domain.Results;
using McpConsole.Infrastructure.Audit;
using McpConsole.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace McpConsole.Infrastructure.Accounts;

/// <remarks>Administrators see and revoke all tokens, others their own.</remarks>
internal sealed class ApiTokens(AccountStore store, ConsoleDatabase database, IAuditLog audit, TimeProvider time) : IApiTokens
{
    private const string Mark = "mcpc_";
    private const int RandomBytes = 32;
    private const int ShownCharacters = 9;
    private const int LongestName = 64;
    private const int LongestToken = 512;
    private static readonly TimeSpan s_useInterval = TimeSpan.FromMinutes(1);

    public Task<Result<ImmutableArray<ApiTokenInfo>>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        store.RunAsync<ImmutableArray<ApiTokenInfo>>(
            async (context, _, token) =>
            {
                var rows = await Visible(context, actor).Include(row => row.Owner).AsNoTracking().OrderBy(row => row.Name).ToArrayAsync(token);
                return rows.Select(row => Info(row, row.Owner!)).ToImmutableArray();
            },
            cancellationToken);

    public async Task<Result<NewApiToken>> CreateAsync(
        string name, Role role, DateTimeOffset? expiresAt, Actor actor, CancellationToken cancellationToken)
    {
        var text = Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        var result = Check(name, role, expiresAt, actor) is { } fault
            ? fault
            : await store.ChangeAsync<NewApiToken>(
                async (context, _, token) => await OwnerAsync(context, actor, token) is { } owner
                    ? await AddAsync(context, owner, name.Trim(), text, role, expiresAt, token)
                    : AccountErrors.NoSuchUser(actor.UserId ?? Guid.Empty),
                cancellationToken);
        return audit.Record(time.GetUtcNow(), actor, "token.create", name, result, after: $"{{\"role\":\"{role}\"}}");
    }

    public async Task<Result<Done>> RevokeAsync(Guid token, Actor actor, CancellationToken cancellationToken)
    {
        var target = token.ToString();
        var result = await store.ChangeAsync<Done>(
            async (context, _, cancellation) =>
            {
                if (await Visible(context, actor).SingleOrDefaultAsync(row => row.Id == token, cancellation) is not { } row)
                {
                    return new Error("tokens.not_found", ErrorKind.NotFound, "There is no token {0}.", token);
                }

                target = row.Name;
                context.ApiTokens.Remove(row);
                await context.SaveChangesAsync(cancellation);
                return default(Done);
            },
            cancellationToken);
        return audit.Record(time.GetUtcNow(), actor, "token.revoke", target, result);
    }

    public Task<Actor?> VerifyAsync(string token, string? address, CancellationToken cancellationToken)
    {
        if (token.Length is 0 or > LongestToken)
        {
            return Task.FromResult<Actor?>(null);
        }

        var hash = Hash(token);
        return database.RunAsync(
            async (context, cancellation) =>
            {
                var now = time.GetUtcNow();
                var row = await context.ApiTokens.AsNoTracking().Include(row => row.Owner).SingleOrDefaultAsync(row => row.Hash == hash, cancellation);
                // The index has compared hashes already; this one takes the same time for any.
                if (row is not { Owner: { Disabled: false } owner } || !CryptographicOperations.FixedTimeEquals(row.Hash, hash) || row.ExpiresAt <= now)
                {
                    return null;
                }

                await NoteUseAsync(context, row, now, cancellation);
                return new Actor($"{owner.UserName} ({row.Name})", (Role)Math.Min((int)row.Role, (int)owner.Role), address) { UserId = owner.Id };
            },
            cancellationToken);
    }

    /// <param name="text">The token itself; of it only the hash is kept.</param>
    internal async Task<Result<NewApiToken>> AddAsync(
        ConsoleDbContext context, ConsoleUser owner, string name, string text, Role role, DateTimeOffset? expiresAt, CancellationToken cancellationToken)
    {
        if (await context.ApiTokens.AnyAsync(row => row.OwnerId == owner.Id && row.Name == name, cancellationToken))
        {
            return new Error("tokens.name_taken", ErrorKind.Conflict, "{0} has a token named {1} already. Choose another name.", owner.UserName, name).At("name");
        }

        var now = time.GetUtcNow();
        var row = new ApiTokenRow
        {
            Id = Guid.CreateVersion7(now),
            OwnerId = owner.Id,
            Name = name,
            Prefix = text[..Math.Min(ShownCharacters, text.Length / 3)],
            Hash = Hash(text),
            Role = role,
            CreatedAt = now,
            ExpiresAt = expiresAt,
        };
        context.ApiTokens.Add(row);
        await context.SaveChangesAsync(cancellationToken);
        return new NewApiToken(Info(row, owner), text);
    }

    private static IQueryable<ApiTokenRow> Visible(ConsoleDbContext context, Actor actor) => actor.Can(Role.Administrator)
        ? context.ApiTokens
        : context.ApiTokens.Where(row => row.OwnerId == actor.UserId);

    private static Task<ConsoleUser?> OwnerAsync(ConsoleDbContext context, Actor actor, CancellationToken cancellationToken) =>
        context.Users.SingleOrDefaultAsync(user => user.Id == actor.UserId, cancellationToken);

    private static Task NoteUseAsync(ConsoleDbContext context, ApiTokenRow row, DateTimeOffset now, CancellationToken cancellationToken) =>
        row.LastUsedAt > now - s_useInterval
            ? Task.CompletedTask
            : context.ApiTokens.Where(other => other.Id == row.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(other => other.LastUsedAt, now), cancellationToken);

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static ApiTokenInfo Info(ApiTokenRow row, ConsoleUser owner) =>
        new(row.Id, row.Name, row.Prefix, row.Role, owner.UserName!, row.CreatedAt, row.ExpiresAt, row.LastUsedAt);

    private Error? Check(string name, Role role, DateTimeOffset? expiresAt, Actor actor)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > LongestName || name.Any(char.IsControl))
        {
            return new Error("tokens.name_invalid", ErrorKind.Invalid, "A token's name has 1 to {0} characters.", LongestName).At("name");
        }

        if (!actor.Can(role))
        {
            return new Error("tokens.role_too_high", ErrorKind.Forbidden, "A token cannot have the role {0}: yours is {1}.", role, actor.Role).At("role");
        }

        return expiresAt <= time.GetUtcNow()
            ? new Error("tokens.expiry_past", ErrorKind.Invalid, "A token's expiry must lie in the future.").At("expiresAt")
            : null;
    }
}
