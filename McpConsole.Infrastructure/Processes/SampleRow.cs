using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace McpConsole.Infrastructure.Processes;

/// <summary>What a server's processes used on average in one minute, hour or day.</summary>
internal sealed class SampleRow
{
    public Guid ServerId { get; init; }

    public SampleStep Step { get; init; }

    /// <summary>The start of the step.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>How many samples the means are of.</summary>
    public int Count { get; init; }

    public double Cpu { get; init; }

    public double Rss { get; init; }

    public double Threads { get; init; }

    public double OpenFiles { get; init; }

    public double Processes { get; init; }

    public SampleAverage Average => new(Count, Cpu, Rss, Threads, OpenFiles, Processes);

    public static SampleRow From(Guid serverId, SampleStep step, DateTimeOffset time, SampleAverage average) => new()
    {
        ServerId = serverId,
        Step = step,
        Time = time,
        Count = average.Count,
        Cpu = average.Cpu,
        Rss = average.Rss,
        Threads = average.Threads,
        OpenFiles = average.OpenFiles,
        Processes = average.Processes,
    };
}

internal sealed class SampleRowConfiguration : IEntityTypeConfiguration<SampleRow>
{
    public void Configure(EntityTypeBuilder<SampleRow> builder)
    {
        builder.ToTable("samples");
        builder.HasKey(row => new { row.ServerId, row.Step, row.Time });
        builder.Property(row => row.Step).HasConversion<short>();
        builder.Ignore(row => row.Average);
        builder.HasIndex(row => new { row.Step, row.Time });
    }
}
