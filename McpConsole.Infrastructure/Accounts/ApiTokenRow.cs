using McpConsole.Domain.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace McpConsole.Infrastructure.Accounts;

internal sealed class ApiTokenRow
{
    public Guid Id { get; init; }

    public Guid OwnerId { get; init; }

    public ConsoleUser? Owner { get; init; }

    public required string Name { get; init; }

    /// <summary>Its first characters, to tell it from others.</summary>
    public required string Prefix { get; init; }

    /// <summary>SHA-256; a random token needs no slower hash.</summary>
    public required byte[] Hash { get; init; }

    public Role Role { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }
}

internal sealed class ApiTokenRowConfiguration : IEntityTypeConfiguration<ApiTokenRow>
{
    public void Configure(EntityTypeBuilder<ApiTokenRow> builder)
    {
        builder.ToTable("api_tokens");
        builder.Property(token => token.Id).ValueGeneratedNever();
        builder.Property(token => token.Role).HasConversion<string>();
        builder.HasIndex(token => token.Hash).IsUnique();
        builder.HasIndex(token => new { token.OwnerId, token.Name }).IsUnique();
        builder.HasOne(token => token.Owner).WithMany().HasForeignKey(token => token.OwnerId).OnDelete(DeleteBehavior.Cascade);
    }
}
