using System.Collections.Immutable;
using McpConsole.Domain.Processes;

namespace McpConsole.Infrastructure.Processes;

/// <summary>The mean of a number of samples. Merging means is exact: each weighs as much as the samples behind it.</summary>
internal readonly record struct SampleAverage(int Count, double Cpu, double Rss, double Threads, double OpenFiles, double Processes)
{
    public static SampleAverage Of(ResourceSample sample) =>
        new(1, sample.CpuPercent, sample.RssBytes, sample.Threads, sample.OpenFiles, sample.Processes);

    public SampleAverage Merge(SampleAverage other)
    {
        var weight = Count + other.Count == 0 ? 0 : (double)other.Count / (Count + other.Count);
        double Mean(double ours, double theirs) => ours + ((theirs - ours) * weight);
        return new(
            Count + other.Count,
            Mean(Cpu, other.Cpu),
            Mean(Rss, other.Rss),
            Mean(Threads, other.Threads),
            Mean(OpenFiles, other.OpenFiles),
            Mean(Processes, other.Processes));
    }

    public ResourceSample ToSample(DateTimeOffset time) =>
        new(time, Cpu, (long)Math.Round(Rss), (int)Math.Round(Threads), (int)Math.Round(OpenFiles), (int)Math.Round(Processes));

    /// <summary>At most <paramref name="points"/> samples over a span, each the mean of those in its part, at the time of the first of them.</summary>
    /// <param name="samples">Oldest first.</param>
    public static ImmutableArray<ResourceSample> Thin(
        IReadOnlyCollection<ResourceSample> samples, DateTimeOffset since, TimeSpan span, int points)
    {
        if (samples.Count <= points)
        {
            return [.. samples];
        }

        return [.. samples
            .GroupBy(sample => Math.Clamp((int)((sample.Time - since) / span * points), 0, points - 1))
            .Select(part => part.Select(Of).Aggregate((a, b) => a.Merge(b)).ToSample(part.First().Time))];
    }
}
