using McpConsole.Domain.Accounts;
using McpConsole.Tests.Database;
using Microsoft.Extensions.DependencyInjection;

namespace McpConsole.Tests.Accounts;

[Trait("Kind", "Integration")]
public sealed class FirstRunTests(PostgresFixture postgres) : IDisposable
{
    private const string Password = "a rather long password";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_set_ups_at_once_make_one_administrator()
    {
        var database = await postgres.NewDatabaseAsync(Cancellation);
        await using var console = await StartAsync(database);
        // Two consoles on one database: what keeps them apart is the database alone.
        await using var other = await StartAsync(database, folder: Path.Combine(_folder.Path, "other"));
        IFirstRun[] links = [console.Get<IFirstRun>(), other.Get<IFirstRun>()];
        var firstRun = links[0];
        (await firstRun.IsNeededAsync(Cancellation)).ShouldBeTrue();
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
            Task.Run(() => links[i % 2].CompleteAsync(links[i % 2].Code, $"admin{i}", Password, null, Cancellation), Cancellation)));
        results.Count(result => result.IsOk).ShouldBe(1);
        results.Where(result => !result.IsOk).ShouldAllBe(result => result.Error!.Code == "accounts.set_up_done");
        (await console.Get<IAccounts>().ListAsync(Actor.Console, Cancellation)).Value.ShouldHaveSingleItem().Role.ShouldBe(Role.Administrator);
        (await firstRun.IsNeededAsync(Cancellation)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_wrong_code_makes_nobody()
    {
        await using var console = await StartAsync();
        var firstRun = console.Get<IFirstRun>();
        foreach (var code in (string[])["", "wrong", firstRun.Code + "x"])
        {
            (await firstRun.CompleteAsync(code, "admin", Password, null, Cancellation)).Error!.Code.ShouldBe("accounts.set_up_code_wrong");
        }

        (await firstRun.IsNeededAsync(Cancellation)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_refused_password_leaves_the_link_valid()
    {
        await using var console = await StartAsync();
        var firstRun = console.Get<IFirstRun>();
        (await firstRun.CompleteAsync(firstRun.Code, "admin", "short", null, Cancellation)).Error!.Code.ShouldBe("accounts.password_too_short");
        (await firstRun.CompleteAsync(firstRun.Code, "admin", Password, null, Cancellation)).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task An_unattended_start_makes_administrator_and_token_once()
    {
        var database = await postgres.NewDatabaseAsync(Cancellation);
        var settings = new Dictionary<string, string?>
        {
            ["MCPCONSOLE_ADMIN_USER"] = "root", ["MCPCONSOLE_ADMIN_PASSWORD"] = Password, ["MCPCONSOLE_ADMIN_TOKEN"] = "mcpc_given-from-outside",
        };
        for (var start = 0; start < 2; start++)
        {
            await using var console = await StartAsync(database, settings);
            (await console.Get<IFirstRun>().IsNeededAsync(Cancellation)).ShouldBeFalse();
            (await console.Get<ISignIn>().SignInAsync("root", Password, null, Cancellation)).IsOk.ShouldBeTrue();
            (await console.Get<IApiTokens>().VerifyAsync("mcpc_given-from-outside", null, Cancellation))!.Role.ShouldBe(Role.Administrator);
            (await console.Get<IAccounts>().ListAsync(Actor.Console, Cancellation)).Value.ShouldHaveSingleItem();
            settings["MCPCONSOLE_ADMIN_USER"] = "another";
        }
    }

    [Fact]
    public async Task An_unattended_start_with_a_weak_password_leaves_the_link()
    {
        await using var console = await StartAsync(
            settings: new() { ["MCPCONSOLE_ADMIN_USER"] = "root", ["MCPCONSOLE_ADMIN_PASSWORD"] = "root" });
        (await console.Get<IFirstRun>().IsNeededAsync(Cancellation)).ShouldBeTrue();
    }

    public void Dispose() => _folder.Dispose();

    private async Task<TestConsole> StartAsync(string? database = null, Dictionary<string, string?>? settings = null, string? folder = null)
    {
        database ??= await postgres.NewDatabaseAsync(Cancellation);
        var console = await TestConsole.StartAsync(folder ?? _folder.Path, database, services => services.AddAccounts(), settings);
        await console.WhenReadyAsync();
        return console;
    }
}
