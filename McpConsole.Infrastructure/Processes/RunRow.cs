using McpConsole.Domain.Processes;
using McpConsole.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace McpConsole.Infrastructure.Processes;

internal sealed class RunRow
{
    public Guid RunId { get; init; }

    public Guid ServerId { get; init; }

    public int Pid { get; init; }

    public long StartTicks { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public int? Port { get; init; }

    public bool Adopted { get; init; }

    public required string CommandLine { get; init; }

    public DateTimeOffset? ExitedAt { get; init; }

    public ExitReason? ExitReason { get; init; }

    public int? ExitCode { get; init; }

    public string? Signal { get; init; }

    public string[] StderrTail { get; init; } = [];

    public static RunRow From(RunRecord record) => new()
    {
        RunId = record.Run.RunId,
        ServerId = record.ServerId.Value,
        Pid = record.Run.Pid,
        StartTicks = record.Run.StartTicks,
        StartedAt = record.Run.StartedAt,
        Port = record.Run.Port,
        Adopted = record.Run.Adopted,
        CommandLine = record.CommandLine.WithoutNul(),
        ExitedAt = record.Exit?.At,
        ExitReason = record.Exit?.Reason,
        ExitCode = record.Exit?.Code,
        Signal = record.Exit?.Signal,
        StderrTail = [.. record.Exit?.StderrTail.Select(line => line.WithoutNul()) ?? []],
    };

    public RunRecord ToRecord() => new(
        new(ServerId),
        new(RunId, Pid, StartTicks, StartedAt, Port, Adopted),
        CommandLine,
        ExitedAt is { } at && ExitReason is { } reason ? new(at, reason, ExitCode, Signal, [.. StderrTail]) : null);
}

internal sealed class RunRowConfiguration : IEntityTypeConfiguration<RunRow>
{
    public void Configure(EntityTypeBuilder<RunRow> builder)
    {
        builder.ToTable("runs");
        builder.HasKey(row => row.RunId);
        builder.Property(row => row.RunId).ValueGeneratedNever();
        builder.Property(row => row.ExitReason).HasConversion<string>();
        builder.HasIndex(row => new { row.ServerId, row.StartedAt });
    }
}
