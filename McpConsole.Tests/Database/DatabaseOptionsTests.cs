using McpConsole.Infrastructure.Database;

namespace McpConsole.Tests.Database;

public sealed class DatabaseOptionsTests
{
    [Theory]
    [InlineData("PostgreSql", null, null)]
    [InlineData("postgresql", "Host=db;Database=console", null)]
    [InlineData("Oracle", null, "Database:Provider")]
    [InlineData("PostgreSql", "Host=db", "ConnectionStrings:Console")]
    [InlineData("PostgreSql", "no connection string", "ConnectionStrings:Console")]
    [InlineData("PostgreSql", "Hots=db;Database=console", "ConnectionStrings:Console")]
    public void A_fault_names_its_key(string provider, string? connectionString, string? key)
    {
        var result = new DatabaseOptionsValidator().Validate(null, new() { Provider = provider, ConnectionString = connectionString });
        result.Failed.ShouldBe(key is not null);
        if (key is not null)
        {
            result.FailureMessage.ShouldNotBeNull().ShouldContain(key);
        }
    }

    [Fact]
    public void A_description_shows_no_password() =>
        new DatabaseAddress("Host=db.example;Database=console;Username=u;Password=hidden", IsPrivate: false).Description
            .ShouldBe("PostgreSQL, database console on db.example");
}
