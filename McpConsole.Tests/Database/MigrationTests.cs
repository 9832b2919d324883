using Microsoft.EntityFrameworkCore;

namespace McpConsole.Tests.Database;

[Trait("Kind", "Integration")]
public sealed class MigrationTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
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
