using System.Collections.Immutable;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Audit;
using McpConsole.Domain.Results;
using McpConsole.Infrastructure.Audit;
using McpConsole.Infrastructure.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace McpConsole.Infrastructure.Accounts;

internal sealed class UserAccounts(AccountStore store, ISignIn signIn, IAuditLog audit, TimeProvider time) : IAccounts
{
    public async Task<Result<ImmutableArray<UserInfo>>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.Can(Role.Administrator))
        {
            return AccountErrors.NotAllowed(Role.Administrator);
        }

        return await store.RunAsync<ImmutableArray<UserInfo>>(
            async (context, _, token) =>
            {
                var users = await context.Users.AsNoTracking().OrderBy(user => user.NormalizedUserName).ToArrayAsync(token);
                return users.Select(user => user.ToInfo(time.GetUtcNow())).ToImmutableArray();
            },
            cancellationToken);
    }

    public async Task<Result<UserInfo>> CreateAsync(
        string userName, string password, Role role, Actor actor, CancellationToken cancellationToken)
    {
        var result = actor.Can(Role.Administrator)
            ? await store.ChangeAsync<UserInfo>((_, users, _) => AddAsync(users, userName, password, role, time.GetUtcNow()), cancellationToken)
            : AccountErrors.NotAllowed(Role.Administrator);
        return audit.Record(time.GetUtcNow(), actor, "user.create", userName, result, after: $"{{\"role\":\"{role}\"}}");
    }

    public Task<Result<UserInfo>> SetRoleAsync(Guid user, Role role, Actor actor, CancellationToken cancellationToken) => ChangeAsync(
        user,
        "user.set_role",
        actor,
        selfAllowed: false,
        target => $"{{\"role\":\"{target.Role}\"}}",
        async (context, users, target, token) =>
        {
            if (role != Role.Administrator && await IsLastAdministratorAsync(context, target, token))
            {
                return AccountErrors.LastAdministrator;
            }

            target.Role = role;
            // A sign-in carries the role: the earlier ones end.
            return Checked(await users.UpdateSecurityStampAsync(target), target);
        },
        cancellationToken);

    public Task<Result<Done>> SetPasswordAsync(Guid user, string password, Actor actor, CancellationToken cancellationToken) =>
        PutPasswordAsync(user, "user.set_password", password, actor, selfAllowed: false, cancellationToken);

    public async Task<Result<Done>> ChangeOwnPasswordAsync(string current, string password, Actor actor, CancellationToken cancellationToken)
    {
        // Checked as a sign-in: wrong ones are counted, lock the account and are audited in the same way.
        var proof = await signIn.SignInAsync(actor.Name, current, actor.Address, cancellationToken);
        if (proof.Error is { } error)
        {
            return error.Code == AccountErrors.SignInRefused.Code ? AccountErrors.CurrentPasswordRefused : error;
        }

        return await PutPasswordAsync(proof.Value.UserId, "user.change_password", password, actor, selfAllowed: true, cancellationToken);
    }

    public Task<Result<UserInfo>> SetDisabledAsync(Guid user, bool disabled, Actor actor, CancellationToken cancellationToken) => ChangeAsync(
        user,
        disabled ? "user.disable" : "user.enable",
        actor,
        selfAllowed: false,
        describe: null,
        async (context, users, target, token) =>
        {
            if (disabled && await IsLastAdministratorAsync(context, target, token))
            {
                return AccountErrors.LastAdministrator;
            }

            target.Disabled = disabled;
            return Checked(await users.UpdateSecurityStampAsync(target), target);
        },
        cancellationToken);

    public async Task<Result<Done>> DeleteAsync(Guid user, Actor actor, CancellationToken cancellationToken)
    {
        var result = await ChangeAsync(
            user,
            "user.delete",
            actor,
            selfAllowed: false,
            target => $"{{\"role\":\"{target.Role}\"}}",
            async (context, users, target, token) => await IsLastAdministratorAsync(context, target, token)
                ? AccountErrors.LastAdministrator
                : Checked(await users.DeleteAsync(target), target),
            cancellationToken);
        return result.Select(_ => default(Done));
    }

    internal static async Task<Result<UserInfo>> AddAsync(
        UserManager<ConsoleUser> users, string userName, string password, Role role, DateTimeOffset now)
    {
        var user = new ConsoleUser { Id = Guid.CreateVersion7(now), UserName = userName, Role = role, CreatedAt = now };
        var added = await users.CreateAsync(user, password);
        return added.Succeeded ? user.ToInfo(now) : Result<UserInfo>.Fail(AccountErrors.From(added, userName));
    }

    private static async Task<bool> IsLastAdministratorAsync(ConsoleDbContext context, ConsoleUser user, CancellationToken cancellationToken) =>
        user is { Role: Role.Administrator, Disabled: false }
        && !await context.Users.AnyAsync(other => other.Role == Role.Administrator && !other.Disabled && other.Id != user.Id, cancellationToken);

    private async Task<Result<Done>> PutPasswordAsync(
        Guid user, string action, string password, Actor actor, bool selfAllowed, CancellationToken cancellationToken)
    {
        var result = await ChangeAsync(
            user,
            action,
            actor,
            selfAllowed,
            describe: null,
            async (_, users, target, _) =>
            {
                foreach (var validator in users.PasswordValidators)
                {
                    if (await validator.ValidateAsync(users, target, password) is { Succeeded: false } fault)
                    {
                        return Checked(fault, target);
                    }
                }

                (target.LockoutEnd, target.AccessFailedCount) = (null, 0);
                await users.RemovePasswordAsync(target);
                // Gives a new security stamp too.
                return Checked(await users.AddPasswordAsync(target, password), target);
            },
            cancellationToken);
        return result.Select(_ => default(Done));
    }

    private async Task<Result<UserInfo>> ChangeAsync(
        Guid id,
        string action,
        Actor actor,
        bool selfAllowed,
        Func<ConsoleUser, string>? describe,
        Func<ConsoleDbContext, UserManager<ConsoleUser>, ConsoleUser, CancellationToken, Task<Result<UserInfo>>> change,
        CancellationToken cancellationToken)
    {
        var target = id.ToString();
        string? before = null, after = null;
        var result = actor.Can(Role.Administrator) || (selfAllowed && actor.UserId == id)
            ? await store.ChangeAsync(
                async (context, users, token) =>
                {
                    if (await users.FindByIdAsync(id.ToString()) is not { } user)
                    {
                        return AccountErrors.NoSuchUser(id);
                    }

                    (target, before) = (user.UserName!, describe?.Invoke(user));
                    var changed = await change(context, users, user, token);
                    after = describe?.Invoke(user);
                    return changed;
                },
                cancellationToken)
            : AccountErrors.NotAllowed(Role.Administrator);
        return audit.Record(time.GetUtcNow(), actor, action, target, result, before, after == before ? null : after);
    }

    private Result<UserInfo> Checked(IdentityResult result, ConsoleUser user) =>
        result.Succeeded ? user.ToInfo(time.GetUtcNow()) : Result<UserInfo>.Fail(AccountErrors.From(result, user.UserName!));
}
