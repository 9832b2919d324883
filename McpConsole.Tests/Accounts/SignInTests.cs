using McpConsole.Domain.Accounts;
using McpConsole.Domain.Audit;
using McpConsole.Tests.Database;
using Microsoft.EntityFrameworkCore;

namespace McpConsole.Tests.Accounts;

[Trait("Kind", "Integration")]
public sealed class SignInTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private const string Password = "a rather long password";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ISignIn SignIn => fixture.Console.Get<ISignIn>();

    [Fact]
    public async Task The_right_password_signs_in_regardless_of_the_case_of_the_name()
    {
        var user = await AddAsync();
        var session = (await SignIn.SignInAsync(user.UserName.ToUpperInvariant(), Password, null, Cancellation)).Value;
        (session.UserId, session.UserName, session.Role).ShouldBe((user.Id, user.UserName, Role.Developer));
        (await SignIn.ValidateAsync(user.Id, "another stamp", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Unknown_and_wrong_give_the_same_answer()
    {
        var user = await AddAsync();
        var wrong = await SignIn.SignInAsync(user.UserName, "not this password", null, Cancellation);
        var unknown = await SignIn.SignInAsync("nobody-here", "not this password", null, Cancellation);
        unknown.Error.ShouldBe(wrong.Error);
        wrong.Error!.Code.ShouldBe("accounts.sign_in_refused");
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_also_when_tried_at_once()
    {
        var user = await AddAsync();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Task.Run(() => SignIn.SignInAsync(user.UserName, $"guess number {i}", null, Cancellation), Cancellation)));
        (await SignIn.SignInAsync(user.UserName, Password, null, Cancellation)).Error!.Code.ShouldBe("accounts.sign_in_refused");
        var listed = (await fixture.Console.Get<IAccounts>().ListAsync(Actor.Console, Cancellation)).Value.Single(other => other.Id == user.Id);
        listed.LockedUntil.ShouldNotBeNull();

        await fixture.Console.Database.RunAsync(
            (context, token) => context.Users.Where(row => row.Id == user.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LockoutEnd, DateTimeOffset.UnixEpoch), token),
            Cancellation);
        (await SignIn.SignInAsync(user.UserName, Password, null, Cancellation)).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task Four_wrong_passwords_and_the_right_one_start_the_count_again()
    {
        var user = await AddAsync();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 4; i++)
            {
                (await SignIn.SignInAsync(user.UserName, "not this password", null, Cancellation)).IsOk.ShouldBeFalse();
            }

            (await SignIn.SignInAsync(user.UserName, Password, null, Cancellation)).IsOk.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Attempts_stand_in_the_audit_log_with_their_address()
    {
        var user = await AddAsync();
        await SignIn.SignInAsync(user.UserName, "not this password", "10.0.0.1", Cancellation);
        await SignIn.SignInAsync(user.UserName, Password, "10.0.0.2", Cancellation);
        IReadOnlyList<AuditEntry> entries = [];
        await Eventually.BeTrueAsync(async () =>
        {
            entries = [.. (await fixture.Console.Get<IAuditLog>().ReadAsync(new(user.UserName), Cancellation)).Items.Where(e => e.Action == "user.sign_in")];
            return entries.Count == 2;
        });
        entries.Select(e => (e.Actor, e.Address, e.Outcome)).ShouldBe([(user.UserName, "10.0.0.2", "ok"), ("anonymous", "10.0.0.1", "accounts.sign_in_refused")]);
    }

    private async Task<UserInfo> AddAsync() => (await fixture.Console.Get<IAccounts>()
        .CreateAsync("user-" + Guid.NewGuid().ToString("N")[..8], Password, Role.Developer, Actor.Console, Cancellation)).Value;
}
