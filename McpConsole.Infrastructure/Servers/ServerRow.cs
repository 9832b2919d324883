using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace McpConsole.Infrastructure.Servers;

internal sealed class ServerRow
{
    public Guid Id { get; init; }

    public required string Name { get; set; }

    /// <summary>As <see cref="DefinitionJson"/> writes it.</summary>
    public required string Definition { get; set; }

    public bool ShallRun { get; set; }

    public int? PickedPort { get; set; }
}

internal sealed class ServerRowConfiguration : IEntityTypeConfiguration<ServerRow>
{
    public void Configure(EntityTypeBuilder<ServerRow> builder)
    {
        builder.ToTable("servers");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Definition).HasColumnType("jsonb");
        builder.HasIndex(row => row.Name).IsUnique();
    }
}
