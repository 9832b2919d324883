using McpConsole.Domain.Accounts;
using McpConsole.Tests.Database;
using Microsoft.EntityFrameworkCore;

namespace McpConsole.Tests.Accounts;

[Trait("Kind", "Integration")]
public sealed class ApiTokensTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IApiTokens Tokens => fixture.Console.Get<IApiTokens>();

    [Fact]
    public async Task A_token_acts_for_its_owner_with_its_role_and_only_its_hash_is_stored()
    {
        var owner = await AddUserAsync(Role.Developer);
        var created = (await Tokens.CreateAsync("ci", Role.Viewer, null, owner, Cancellation)).Value;
        created.Token.ShouldMatch("^mcpc_[A-Za-z0-9_-]{43}$");
        created.Token.ShouldStartWith(created.Info.Prefix);
        var actor = await Tokens.VerifyAsync(created.Token, "10.0.0.9", Cancellation);
        actor.ShouldBe(new Actor($"{owner.Name} (ci)", Role.Viewer, "10.0.0.9") { UserId = owner.UserId });
        var raw = await fixture.Console.Database.RunAsync(
            (context, token) => context.Database.SqlQueryRaw<string>("SELECT t::text AS \"Value\" FROM api_tokens t").ToListAsync(token), Cancellation);
        var random = created.Token["mcpc_".Length..];
        raw.ShouldAllBe(row => !row.Contains(random));
        (await Tokens.ListAsync(owner, Cancellation)).Value.ShouldHaveSingleItem().LastUsedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_wrong_token_is_nobody()
    {
        var created = (await Tokens.CreateAsync("right", Role.Viewer, null, await AddUserAsync(Role.Developer), Cancellation)).Value;
        (await Tokens.VerifyAsync(created.Token[..^1] + (created.Token[^1] == 'A' ? 'B' : 'A'), null, Cancellation)).ShouldBeNull();
        (await Tokens.VerifyAsync("", null, Cancellation)).ShouldBeNull();
        (await Tokens.VerifyAsync(new string('x', 100_000), null, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task An_expired_token_is_nobody()
    {
        var created = (await Tokens.CreateAsync(
            "short", Role.Viewer, fixture.Time.GetUtcNow().AddHours(1), await AddUserAsync(Role.Developer), Cancellation)).Value;
        (await Tokens.VerifyAsync(created.Token, null, Cancellation)).ShouldNotBeNull();
        fixture.Time.Advance(TimeSpan.FromHours(2));
        (await Tokens.VerifyAsync(created.Token, null, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task A_revoked_token_and_one_of_a_disabled_owner_are_nobody()
    {
        var owner = await AddUserAsync(Role.Developer);
        var revoked = (await Tokens.CreateAsync("revoked", Role.Viewer, null, owner, Cancellation)).Value;
        var kept = (await Tokens.CreateAsync("kept", Role.Viewer, null, owner, Cancellation)).Value;
        (await Tokens.RevokeAsync(revoked.Info.Id, owner, Cancellation)).IsOk.ShouldBeTrue();
        (await Tokens.VerifyAsync(revoked.Token, null, Cancellation)).ShouldBeNull();
        (await Tokens.VerifyAsync(kept.Token, null, Cancellation)).ShouldNotBeNull();
        await fixture.Console.Get<IAccounts>().SetDisabledAsync(owner.UserId!.Value, true, Actor.Console, Cancellation);
        (await Tokens.VerifyAsync(kept.Token, null, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task A_token_never_does_more_than_its_owner()
    {
        var owner = await AddUserAsync(Role.Developer);
        (await Tokens.CreateAsync("too much", Role.Administrator, null, owner, Cancellation)).Error!.Code.ShouldBe("tokens.role_too_high");
        var created = (await Tokens.CreateAsync("ci", Role.Developer, null, owner, Cancellation)).Value;
        await fixture.Console.Get<IAccounts>().SetRoleAsync(owner.UserId!.Value, Role.Viewer, Actor.Console, Cancellation);
        (await Tokens.VerifyAsync(created.Token, null, Cancellation))!.Role.ShouldBe(Role.Viewer);
    }

    [Fact]
    public async Task Others_tokens_are_out_of_reach_except_for_administrators()
    {
        var owner = await AddUserAsync(Role.Developer);
        var other = await AddUserAsync(Role.Developer);
        var created = (await Tokens.CreateAsync("mine", Role.Viewer, null, owner, Cancellation)).Value;
        (await Tokens.ListAsync(other, Cancellation)).Value.ShouldBeEmpty();
        (await Tokens.RevokeAsync(created.Info.Id, other, Cancellation)).Error!.Code.ShouldBe("tokens.not_found");
        (await Tokens.ListAsync(Actor.Console, Cancellation)).Value.ShouldContain(token => token.Id == created.Info.Id);
        (await Tokens.RevokeAsync(created.Info.Id, Actor.Console, Cancellation)).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task Two_tokens_of_one_owner_need_two_names()
    {
        var owner = await AddUserAsync(Role.Developer);
        (await Tokens.CreateAsync("twin", Role.Viewer, null, owner, Cancellation)).IsOk.ShouldBeTrue();
        (await Tokens.CreateAsync("twin", Role.Viewer, null, owner, Cancellation)).Error!.Code.ShouldBe("tokens.name_taken");
        (await Tokens.CreateAsync(" ", Role.Viewer, null, owner, Cancellation)).Error!.Code.ShouldBe("tokens.name_invalid");
    }

    private async Task<Actor> AddUserAsync(Role role)
    {
        var name = "user-" + Guid.NewGuid().ToString("N")[..8];
        var user = (await fixture.Console.Get<IAccounts>().CreateAsync(name, "a rather long password", role, Actor.Console, Cancellation)).Value;
        return new(name, role) { UserId = user.Id };
    }
}
