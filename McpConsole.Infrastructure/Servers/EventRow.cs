using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace McpConsole.Infrastructure.Servers;

internal sealed class EventRow
{
    public long Sequence { get; init; }

    public Guid ServerId { get; init; }

    public DateTimeOffset Time { get; init; }

    public required string ServerName { get; init; }

    public ServerEventKind Kind { get; init; }

    public required string Message { get; init; }

    public required string[] Arguments { get; init; }

    public Guid? RunId { get; init; }

    public static EventRow From(ServerEvent value) => new()
    {
        Sequence = value.Sequence,
        ServerId = value.ServerId.Value,
        Time = value.Time,
        ServerName = value.ServerName.WithoutNul(),
        Kind = value.Kind,
        Message = value.Message.WithoutNul(),
        Arguments = [.. value.Arguments.Select(argument => argument.WithoutNul())],
        RunId = value.RunId,
    };

    public ServerEvent ToEvent() => new(Sequence, Time, new(ServerId), ServerName, Kind, Message, [.. Arguments], RunId);
}

internal sealed class EventRowConfiguration : IEntityTypeConfiguration<EventRow>
{
    public void Configure(EntityTypeBuilder<EventRow> builder)
    {
        builder.ToTable("events");
        // A server runs on one console: with its id, the times of two consoles cannot clash.
        builder.HasKey(row => new { row.Sequence, row.ServerId });
        builder.Property(row => row.Kind).HasConversion<string>();
        builder.HasIndex(row => new { row.ServerId, row.Sequence });
    }
}
