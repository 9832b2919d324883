using McpConsole.Domain.Accounts;
using Microsoft.AspNetCore.Identity;

namespace McpConsole.Infrastructure.Accounts;

/// <summary>Keeps a user from being named like the console itself, whose name stands in the audit log.</summary>
internal sealed class ReservedNames(IdentityErrorDescriber errors) : IUserValidator<ConsoleUser>
{
    public const int Longest = 64;

    public Task<IdentityResult> ValidateAsync(UserManager<ConsoleUser> manager, ConsoleUser user)
    {
        var refused = user.UserName is not { Length: <= Longest } name || string.Equals(name, Actor.Console.Name, StringComparison.OrdinalIgnoreCase);
        return Task.FromResult(refused ? IdentityResult.Failed(errors.InvalidUserName(user.UserName)) : IdentityResult.Success);
    }
}
