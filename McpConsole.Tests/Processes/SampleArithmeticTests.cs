using FsCheck;
using FsCheck.Fluent;
using McpConsole.Domain.Processes;
using McpConsole.Infrastructure.Processes;

namespace McpConsole.Tests.Processes;

public sealed class SampleArithmeticTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<ResourceSample> s_sample =
        from seconds in Gen.Choose(0, 400 * 24 * 3600)
        from cpu in Gen.Choose(0, 400_00)
        from rss in Gen.Choose(0, int.MaxValue)
        from count in Gen.Choose(0, 1000)
        select new ResourceSample(s_start.AddSeconds(seconds), cpu / 100.0, rss * 4L, count, count / 2, count / 10);

    [Fact]
    public void Merging_means_in_parts_gives_the_mean_of_all() => Check(
        from samples in s_sample.NonEmptyListOf()
        from cut in Gen.Choose(0, samples.Count)
        select (Samples: samples, Cut: cut),
        test =>
        {
            static SampleAverage Mean(IEnumerable<ResourceSample> part) => part.Select(SampleAverage.Of).Aggregate(default(SampleAverage), (a, b) => a.Merge(b));
            var merged = Mean(test.Samples.Take(test.Cut)).Merge(Mean(test.Samples.Skip(test.Cut)));
            merged.Count.ShouldBe(test.Samples.Count);
            merged.Cpu.ShouldBe(test.Samples.Average(s => s.CpuPercent), 1e-6);
            merged.Rss.ShouldBe(test.Samples.Average(s => s.RssBytes), 1);
            merged.Threads.ShouldBe(test.Samples.Average(s => s.Threads), 1e-6);
        });

    [Fact]
    public void A_step_starts_at_or_before_each_time_in_it_and_is_its_own_start() => Check(
        from sample in s_sample
        from step in Gen.Elements(Enum.GetValues<SampleStep>())
        select (sample.Time, Step: step),
        test =>
        {
            var start = test.Step.Floor(test.Time);
            (test.Time - start).ShouldBeInRange(TimeSpan.Zero, test.Step.Length() - TimeSpan.FromTicks(1));
            test.Step.Floor(start).ShouldBe(start);
            test.Step.Floor(test.Time.ToOffset(TimeSpan.FromHours(5))).ShouldBe(start);
        });

    [Fact]
    public void Pruning_keeps_all_that_is_promised_and_never_part_of_a_coarser_step() => Check(
        from sample in s_sample
        from step in Gen.Elements(Enum.GetValues<SampleStep>())
        select (Now: sample.Time, Step: step),
        test =>
        {
            var limit = test.Step.PruneBefore(test.Now);
            limit.ShouldBeLessThanOrEqualTo(test.Now - test.Step.Keep());
            var coarser = test.Step == SampleStep.Minute ? SampleStep.Hour : SampleStep.Day;
            coarser.Floor(limit).ShouldBe(limit);
        });

    [Fact]
    public void Thinning_keeps_the_order_the_limit_and_every_samples_weight() => Check(
        from samples in s_sample.ListOf()
        from points in Gen.Choose(1, 20)
        select (Samples: samples.OrderBy(s => s.Time).ToArray(), Points: points),
        test =>
        {
            var span = TimeSpan.FromDays(400);
            var thin = SampleAverage.Thin(test.Samples, s_start, span, test.Points);
            thin.Length.ShouldBeLessThanOrEqualTo(Math.Max(test.Points, 0));
            thin.Select(s => s.Time).ShouldBeInOrder();
            if (test.Samples.Length > 0)
            {
                thin.Min(s => s.CpuPercent).ShouldBeGreaterThanOrEqualTo(test.Samples.Min(s => s.CpuPercent) - 1e-9);
                thin.Max(s => s.CpuPercent).ShouldBeLessThanOrEqualTo(test.Samples.Max(s => s.CpuPercent) + 1e-9);
                thin[0].Time.ShouldBe(test.Samples[0].Time);
            }
        });

    [Theory]
    [InlineData(1, (int)SampleStep.Minute)]
    [InlineData(24, (int)SampleStep.Minute)]
    [InlineData(25, (int)SampleStep.Hour)]
    [InlineData(30 * 24, (int)SampleStep.Hour)]
    [InlineData(31 * 24, (int)SampleStep.Day)]
    public void The_finest_step_that_is_kept_for_a_span_is_read(int hours, int step) =>
        SampleSteps.Covering(TimeSpan.FromHours(hours)).ShouldBe((SampleStep)step);

    private static void Check<T>(Gen<T> cases, Action<T> property) => Prop.ForAll(cases.ToArbitrary(), property).QuickCheckThrowOnFailure();
}
