using McpConsole.Domain.Accounts;
using McpConsole.Tests.Database;
using Microsoft.Extensions.DependencyInjection;

namespace McpConsole.Tests.Accounts;

[Trait("Kind", "Integration")]
public sealed class LastAdministratorTests(PostgresFixture postgres) : IDisposable
{
    private const string Password = "a rather long password";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_console_is_never_left_without_an_administrator()
    {
        await using var console = await StartAsync("one", await postgres.NewDatabaseAsync(Cancellation));
        var accounts = console.Get<IAccounts>();
        var only = (await accounts.CreateAsync("only", Password, Role.Administrator, Actor.Console, Cancellation)).Value;
        var disabled = (await accounts.CreateAsync("disabled", Password, Role.Administrator, Actor.Console, Cancellation)).Value;
        (await accounts.SetDisabledAsync(disabled.Id, true, Actor.Console, Cancellation)).IsOk.ShouldBeTrue();
        (await accounts.SetRoleAsync(only.Id, Role.Viewer, Actor.Console, Cancellation)).Error!.Code.ShouldBe("accounts.last_administrator");
        (await accounts.SetDisabledAsync(only.Id, true, Actor.Console, Cancellation)).Error!.Code.ShouldBe("accounts.last_administrator");
        (await accounts.DeleteAsync(only.Id, Actor.Console, Cancellation)).Error!.Code.ShouldBe("accounts.last_administrator");
    }

    [Fact]
    public async Task Two_administrators_who_are_demoted_at_once_on_two_consoles_do_not_both_go()
    {
        var database = await postgres.NewDatabaseAsync(Cancellation);
        await using var one = await StartAsync("one", database);
        await using var two = await StartAsync("two", database);
        var (accounts, others) = (one.Get<IAccounts>(), two.Get<IAccounts>());
        var first = (await accounts.CreateAsync("first", Password, Role.Administrator, Actor.Console, Cancellation)).Value;
        for (var round = 0; round < 10; round++)
        {
            var second = (await accounts.CreateAsync($"user{round}", Password, Role.Administrator, Actor.Console, Cancellation)).Value;
            var results = await Task.WhenAll(
                Task.Run(() => accounts.SetRoleAsync(first.Id, Role.Viewer, Actor.Console, Cancellation), Cancellation),
                Task.Run(() => others.SetDisabledAsync(second.Id, true, Actor.Console, Cancellation), Cancellation));
            results.Count(result => result.IsOk).ShouldBe(1);
            first = (await accounts.ListAsync(Actor.Console, Cancellation)).Value.Single(user => user is { Role: Role.Administrator, Disabled: false });
        }
    }

    public void Dispose() => _folder.Dispose();

    private async Task<TestConsole> StartAsync(string folder, string database)
    {
        var console = await TestConsole.StartAsync(Path.Combine(_folder.Path, folder), database, services => services.AddAccounts());
        await console.WhenReadyAsync();
        return console;
    }
}
