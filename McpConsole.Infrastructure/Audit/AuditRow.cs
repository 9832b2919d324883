using McpConsole.Domain.Audit;
using McpConsole.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace McpConsole.Infrastructure.Audit;

internal sealed class AuditRow
{
    public long Id { get; init; }

    /// <summary>Tells an entry that is written a second time after a failure from a second entry.</summary>
    public Guid EntryId { get; init; }

    public DateTimeOffset Time { get; init; }

    public required string Actor { get; init; }

    public string? Address { get; init; }

    public required string Action { get; init; }

    public required string Target { get; init; }

    public required string Outcome { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    public static AuditRow From(AuditEntry entry) => new()
    {
        EntryId = Guid.CreateVersion7(entry.Time),
        Time = entry.Time,
        Actor = entry.Actor.WithoutNul(),
        Address = entry.Address,
        Action = entry.Action,
        Target = entry.Target.WithoutNul(),
        Outcome = entry.Outcome,
        Before = entry.Before?.WithoutNul(),
        After = entry.After?.WithoutNul(),
    };

    public AuditEntry ToEntry() => new(Time, Actor, Address, Action, Target, Outcome, Before, After) { Id = Id };
}

internal sealed class AuditRowConfiguration : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable("audit");
        builder.HasIndex(row => row.EntryId).IsUnique();
        builder.HasIndex(row => row.Time);
    }
}
