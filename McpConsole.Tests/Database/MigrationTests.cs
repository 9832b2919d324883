using Microsoft.EntityFrameworkCore;

namespace McpConsole.Tests.Database;

[Trait("Kind", "Integration")]
public sealed class MigrationTests(DatabaseFixture fixture, PostgresFixture postgres) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Consoles_that_start_at_once_on_a_new_database_migrate_it_once()
    {
        using var folder = new TemporaryFolder();
        var database = await postgres.NewDatabaseAsync(TestContext.Current.CancellationToken);
        var consoles = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => TestConsole.StartAsync(Path.Combine(folder.Path, $"{i}"), database)));
        await Task.WhenAll(consoles.Select(console => console.WhenReadyAsync()));
        foreach (var console in consoles)
        {
            var applied = await console.Database.RunAsync(
                (context, token) => context.Database.GetAppliedMigrationsAsync(token), TestContext.Current.CancellationToken);
            applied.ShouldBeUnique();
            applied.ShouldNotBeEmpty();
            await console.DisposeAsync();
        }
    }

    [Fact]
    public async Task Migrations_make_exactly_the_model()
    {
        var (changed, pending) = await fixture.Console.Database.RunAsync(
            async (context, token) => (context.Database.HasPendingModelChanges(), await context.Database.GetPendingMigrationsAsync(token)),
            TestContext.Current.CancellationToken);
        changed.ShouldBeFalse();
        pending.ShouldBeEmpty();
    }
}
