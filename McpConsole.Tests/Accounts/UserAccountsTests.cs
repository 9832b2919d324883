using McpConsole.Domain.Accounts;
using McpConsole.Domain.Audit;
using McpConsole.Tests.Database;

namespace McpConsole.Tests.Accounts;

[Trait("Kind", "Integration")]
public sealed class UserAccountsTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private const string Password = "a rather long password";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IAccounts Accounts => fixture.Console.Get<IAccounts>();

    private ISignIn SignIn => fixture.Console.Get<ISignIn>();

    [Theory]
    [InlineData("short", "accounts.password_too_short")]
    [InlineData("aaaaaaaaaaaaaaaa", "accounts.password_too_simple")]
    public async Task A_weak_password_is_refused(string password, string code) =>
        (await Accounts.CreateAsync(NewName(), password, Role.Viewer, Actor.Console, Cancellation)).Error!.Code.ShouldBe(code);

    [Theory]
    [InlineData("console")]
    [InlineData("Console")]
    [InlineData("alice (ci)")]
    [InlineData("")]
    public async Task A_name_that_could_be_taken_for_another_actor_is_refused(string name) =>
        (await Accounts.CreateAsync(name, Password, Role.Viewer, Actor.Console, Cancellation)).Error!.Code.ShouldBe("accounts.name_invalid");

    [Fact]
    public async Task A_name_is_taken_regardless_of_case()
    {
        var user = await AddAsync(Role.Viewer);
        (await Accounts.CreateAsync(user.UserName.ToUpperInvariant(), Password, Role.Viewer, Actor.Console, Cancellation))
            .Error!.Code.ShouldBe("accounts.name_taken");
    }

    [Fact]
    public async Task Only_administrators_change_users()
    {
        var user = await AddAsync(Role.Developer);
        var actor = new Actor(user.UserName, Role.Developer) { UserId = user.Id };
        (await Accounts.ListAsync(actor, Cancellation)).Error!.Code.ShouldBe("accounts.not_allowed");
        (await Accounts.SetRoleAsync(user.Id, Role.Administrator, actor, Cancellation)).Error!.Code.ShouldBe("accounts.not_allowed");
        (await Accounts.SetDisabledAsync(user.Id, true, actor, Cancellation)).Error!.Code.ShouldBe("accounts.not_allowed");
        (await Accounts.DeleteAsync(user.Id, actor, Cancellation)).Error!.Code.ShouldBe("accounts.not_allowed");
        (await Accounts.SetPasswordAsync(Guid.NewGuid(), "another long password", actor, Cancellation)).Error!.Code.ShouldBe("accounts.not_allowed");
        (await Accounts.SetPasswordAsync(user.Id, "another long password", actor, Cancellation)).Error!.Code.ShouldBe("accounts.not_allowed");
    }

    [Fact]
    public async Task Everyone_changes_their_own_password_which_ends_earlier_sign_ins()
    {
        var user = await AddAsync(Role.Viewer);
        var actor = new Actor(user.UserName, Role.Viewer, "10.1.2.3") { UserId = user.Id };
        var session = (await SignIn.SignInAsync(user.UserName, Password, null, Cancellation)).Value;
        (await Accounts.ChangeOwnPasswordAsync(Password, "short", actor, Cancellation)).Error!.Code.ShouldBe("accounts.password_too_short");
        (await Accounts.ChangeOwnPasswordAsync(Password, "another long password", actor, Cancellation)).IsOk.ShouldBeTrue();

        (await SignIn.ValidateAsync(session.UserId, session.Stamp, Cancellation)).ShouldBeNull();
        (await SignIn.SignInAsync(user.UserName, Password, null, Cancellation)).IsOk.ShouldBeFalse();
        (await SignIn.SignInAsync(user.UserName, "another long password", null, Cancellation)).IsOk.ShouldBeTrue();
        await Eventually.BeTrueAsync(async () => (await fixture.Console.Get<IAuditLog>().ReadAsync(new(user.UserName), Cancellation))
            .Items.Any(item => (item.Actor, item.Address, item.Action, item.Outcome) == (user.UserName, "10.1.2.3", "user.change_password", "ok")));
    }

    [Fact]
    public async Task Guessing_the_current_password_locks_the_account()
    {
        var user = await AddAsync(Role.Viewer);
        var actor = new Actor(user.UserName, Role.Viewer) { UserId = user.Id };
        for (var i = 0; i < 5; i++)
        {
            (await Accounts.ChangeOwnPasswordAsync($"guess number {i}", "another long password", actor, Cancellation))
                .Error!.Code.ShouldBe("accounts.current_password_refused");
        }

        (await Accounts.ChangeOwnPasswordAsync(Password, "another long password", actor, Cancellation)).Error!.Code.ShouldBe("accounts.current_password_refused");
        (await Accounts.ListAsync(Actor.Console, Cancellation)).Value.Single(other => other.Id == user.Id).LockedUntil.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_token_does_not_change_its_owners_password()
    {
        var user = await AddAsync(Role.Administrator);
        var token = new Actor($"{user.UserName} (ci)", Role.Administrator) { UserId = user.Id };
        (await Accounts.ChangeOwnPasswordAsync(Password, "another long password", token, Cancellation)).Error!.Code.ShouldBe("accounts.current_password_refused");
    }

    [Fact]
    public async Task A_changed_password_role_or_state_ends_earlier_sign_ins()
    {
        var user = await AddAsync(Role.Developer);
        async Task EndsSessionAsync(Func<Task> change, string password)
        {
            var session = (await SignIn.SignInAsync(user.UserName, password, null, Cancellation)).Value;
            (await SignIn.ValidateAsync(session.UserId, session.Stamp, Cancellation)).ShouldBe(session);
            await change();
            (await SignIn.ValidateAsync(session.UserId, session.Stamp, Cancellation)).ShouldBeNull();
        }

        await EndsSessionAsync(() => Accounts.SetPasswordAsync(user.Id, "another long password", Actor.Console, Cancellation), Password);
        await EndsSessionAsync(() => Accounts.SetRoleAsync(user.Id, Role.Viewer, Actor.Console, Cancellation), "another long password");
        await EndsSessionAsync(() => Accounts.SetDisabledAsync(user.Id, true, Actor.Console, Cancellation), "another long password");
        (await SignIn.SignInAsync(user.UserName, "another long password", null, Cancellation)).Error!.Code.ShouldBe("accounts.sign_in_refused");
    }

    [Fact]
    public async Task A_deleted_user_is_gone()
    {
        var user = await AddAsync(Role.Viewer);
        (await Accounts.DeleteAsync(user.Id, Actor.Console, Cancellation)).IsOk.ShouldBeTrue();
        (await Accounts.DeleteAsync(user.Id, Actor.Console, Cancellation)).Error!.Code.ShouldBe("accounts.user_not_found");
        (await Accounts.ListAsync(Actor.Console, Cancellation)).Value.ShouldNotContain(other => other.Id == user.Id);
    }

    [Fact]
    public async Task Changes_stand_in_the_audit_log_with_both_values()
    {
        var user = await AddAsync(Role.Viewer);
        await Accounts.SetRoleAsync(user.Id, Role.Developer, new("boss", Role.Administrator, "10.1.2.3"), Cancellation);
        AuditEntry? entry = null;
        await Eventually.BeTrueAsync(async () => (entry = (await fixture.Console.Get<IAuditLog>().ReadAsync(new(user.UserName), Cancellation))
            .Items.FirstOrDefault(item => item.Action == "user.set_role")) is not null);
        (entry!.Actor, entry.Address, entry.Outcome, entry.Before, entry.After)
            .ShouldBe(("boss", "10.1.2.3", "ok", """{"role":"Viewer"}""", """{"role":"Developer"}"""));
    }

    private static string NewName() => "user-" + Guid.NewGuid().ToString("N")[..8];

    private async Task<UserInfo> AddAsync(Role role) => (await Accounts.CreateAsync(NewName(), Password, role, Actor.Console, Cancellation)).Value;
}
