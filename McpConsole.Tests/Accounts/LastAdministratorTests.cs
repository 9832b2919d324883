using McpConsole.Domain.Accounts;
using McpConsole.Tests.Database;

namespace McpConsole.Tests.Accounts;

[Trait("Kind", "Integration")]
public sealed class LastAdministratorTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_console_is_never_left_without_an_administrator()
    {
        var accounts = fixture.Console.Get<IAccounts>();
        var first = (await accounts.CreateAsync("first", "a rather long password", Role.Administrator, Actor.Console, Cancellation)).Value;
        (await accounts.SetRoleAsync(first.Id, Role.Viewer, Actor.Console, Cancellation)).Error!.Code.ShouldBe("accounts.last_administrator");
        (await accounts.SetDisabledAsync(first.Id, true, Actor.Console, Cancellation)).Error!.Code.ShouldBe("accounts.last_administrator");
        (await accounts.DeleteAsync(first.Id, Actor.Console, Cancellation)).Error!.Code.ShouldBe("accounts.last_administrator");

        var second = (await accounts.CreateAsync("second", "a rather long password", Role.Administrator, Actor.Console, Cancellation)).Value;
        // Each alone would be right.
        var results = await Task.WhenAll(
            Task.Run(() => accounts.SetRoleAsync(first.Id, Role.Viewer, Actor.Console, Cancellation), Cancellation),
            Task.Run(() => accounts.SetDisabledAsync(second.Id, true, Actor.Console, Cancellation), Cancellation));
        results.Count(result => result.IsOk).ShouldBe(1);
        (await accounts.ListAsync(Actor.Console, Cancellation)).Value
            .Count(user => user is { Role: Role.Administrator, Disabled: false }).ShouldBe(1);
    }
}
