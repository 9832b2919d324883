using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace McpConsole.Infrastructure.Database;

/// <summary>Gives the migrations tool the model; compiled for it alone.</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<ConsoleDbContext>
{
    public ConsoleDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<ConsoleDbContext>().UseNpgsql("Host=localhost").Options);
}
