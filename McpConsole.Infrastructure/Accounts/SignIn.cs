using McpConsole.Domain.Accounts;
using McpConsole.Domain.Audit;
using McpConsole.Domain.Results;
using McpConsole.Infrastructure.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace McpConsole.Infrastructure.Accounts;

internal sealed class SignIn(
    AccountStore store, ConsoleDatabase database, IPasswordHasher<ConsoleUser> hasher, IAuditLog audit, TimeProvider time) : ISignIn
{
    private const int LongestInput = 512;

    // Attempts on one name wait for each other, so that many at once are counted one by one.
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 32).Select(_ => new SemaphoreSlim(1))];
    private readonly Lazy<string> _nobodysHash = new(() => hasher.HashPassword(new(), Guid.NewGuid().ToString()));

    public async Task<Result<SignedIn>> SignInAsync(string userName, string password, string? address, CancellationToken cancellationToken)
    {
        if (userName.Length > LongestInput || password.Length > LongestInput)
        {
            return AccountErrors.SignInRefused;
        }

        var gate = _gates[(uint)StringComparer.OrdinalIgnoreCase.GetHashCode(userName) % _gates.Length];
        await gate.WaitAsync(cancellationToken);
        try
        {
            var result = await store.RunAsync<SignedIn>((_, users, _) => AttemptAsync(users, userName, password), cancellationToken);
            audit.Append(new(time.GetUtcNow(), result.IsOk ? result.Value.UserName : "anonymous", address, "user.sign_in", userName, result.Error?.Code ?? "ok"));
            return result;
        }
        finally
        {
            gate.Release();
        }
    }

    public Task<SignedIn?> ValidateAsync(Guid userId, string stamp, CancellationToken cancellationToken) => database.RunAsync(
        async (context, token) =>
            await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == userId, token) is { Disabled: false } user
                && user.SecurityStamp == stamp
                ? Session(user)
                : null,
        cancellationToken);

    private static SignedIn Session(ConsoleUser user) => new(user.Id, user.UserName!, user.Role, user.SecurityStamp!);

    private async Task<Result<SignedIn>> AttemptAsync(UserManager<ConsoleUser> users, string userName, string password)
    {
        var user = await users.FindByNameAsync(userName);
        if (user is null || await users.IsLockedOutAsync(user))
        {
            hasher.VerifyHashedPassword(new(), _nobodysHash.Value, password);
            return AccountErrors.SignInRefused;
        }

        if (!await users.CheckPasswordAsync(user, password))
        {
            await users.AccessFailedAsync(user);
            return AccountErrors.SignInRefused;
        }

        if (user.Disabled)
        {
            return AccountErrors.SignInRefused;
        }

        user.AccessFailedCount = 0;
        user.LastSignIn = time.GetUtcNow();
        await users.UpdateAsync(user);
        return Session(user);
    }
}
