using System.Text.RegularExpressions;
using McpConsole.Infrastructure.Accounts;
using McpConsole.Infrastructure.Audit;
using McpConsole.Infrastructure.Processes;
using McpConsole.Infrastructure.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace McpConsole.Infrastructure.Database;

/// <summary>The console's tables; each row type configures itself, in the room it belongs to.</summary>
internal sealed partial class ConsoleDbContext(DbContextOptions<ConsoleDbContext> options) : DbContext(options)
{
    public DbSet<ServerRow> Servers => Set<ServerRow>();

    public DbSet<EventRow> Events => Set<EventRow>();

    public DbSet<RunRow> Runs => Set<RunRow>();

    public DbSet<SampleRow> Samples => Set<SampleRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    public DbSet<ConsoleUser> Users => Set<ConsoleUser>();

    public DbSet<ApiTokenRow> ApiTokens => Set<ApiTokenRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ConsoleDbContext).Assembly);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
        {
            property.SetColumnName(WordStart().Replace(property.Name, "_").ToLowerInvariant());
        }
    }

    // PickedPort -> picked_port: names that need no quotes in SQL.
    [GeneratedRegex("(?<=[a-z])(?=[A-Z])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex WordStart();

    /// <summary>PostgreSQL's timestamptz takes times in UTC only.</summary>
    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(time => time.ToUniversalTime(), time => time);
}
