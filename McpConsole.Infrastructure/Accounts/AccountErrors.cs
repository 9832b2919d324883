using System.Collections.Immutable;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Results;
using Microsoft.AspNetCore.Identity;

namespace McpConsole.Infrastructure.Accounts;

internal static class AccountErrors
{
    public const int ShortestPassword = 12;

    public static Error SignInRefused { get; } = new(
        "accounts.sign_in_refused",
        ErrorKind.Forbidden,
        "The user name or the password is wrong, or the account is locked for some minutes after too many attempts. Try again later.");

    public static Error CurrentPasswordRefused { get; } = new Error(
        "accounts.current_password_refused",
        ErrorKind.Forbidden,
        "The current password is wrong, or the account is locked for some minutes after too many attempts. Try again later.").At("current");

    public static Error LastAdministrator { get; } = new(
        "accounts.last_administrator", ErrorKind.Conflict, "This is the only administrator who can sign in. Make another user administrator first.");

    public static Error SetUpDone { get; } = new("accounts.set_up_done", ErrorKind.Conflict, "The console is set up already. Sign in.");

    public static Error WrongSetUpCode { get; } = new(
        "accounts.set_up_code_wrong", ErrorKind.Forbidden, "This set-up link is not valid. Use the one that the console printed at its last start.");

    public static Error JustTaken { get; } = new(
        "accounts.name_taken", ErrorKind.Conflict, "This name has just been taken. Choose another one.");

    public static Error NotAllowed(Role needed) => new("accounts.not_allowed", ErrorKind.Forbidden, "This needs the role {0}.", needed);

    public static Error NoSuchUser(Guid id) => new("accounts.user_not_found", ErrorKind.NotFound, "There is no user {0}.", id);

    public static Error NameTaken(string userName) =>
        new Error("accounts.name_taken", ErrorKind.Conflict, "There is a user named {0} already. Choose another name.", userName).At("userName");

    public static Error NameInvalid() => new Error(
        "accounts.name_invalid",
        ErrorKind.Invalid,
        "A user name has 1 to {0} letters, digits and the characters - . _ @ +, and is not «console».",
        ReservedNames.Longest).At("userName");

    public static ImmutableArray<Error> From(IdentityResult result, string userName) =>
        [.. result.Errors.Select(error => From(error, userName)).DistinctBy(error => error.Code)];

    private static Error From(IdentityError error, string userName) => error.Code switch
    {
        nameof(IdentityErrorDescriber.DuplicateUserName) => NameTaken(userName),
        nameof(IdentityErrorDescriber.InvalidUserName) => NameInvalid(),
        nameof(IdentityErrorDescriber.PasswordTooShort) =>
            new Error("accounts.password_too_short", ErrorKind.Invalid, "A password has {0} characters at least.", ShortestPassword).At("password"),
        nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars) =>
            new Error("accounts.password_too_simple", ErrorKind.Invalid, "This password repeats too few characters. Choose another one.").At("password"),
        nameof(IdentityErrorDescriber.ConcurrencyFailure) =>
            new("accounts.changed_meanwhile", ErrorKind.Conflict, "Someone else has just changed this user. Look again, then repeat the change."),
        _ => new("accounts.refused", ErrorKind.Invalid, "{0}", error.Description),
    };
}
