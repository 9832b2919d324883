using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Processes;
using McpConsole.Tests.Database;
using Microsoft.EntityFrameworkCore;

namespace McpConsole.Tests.Processes;

[Trait("Kind", "Integration")]
public sealed class ResourceHistoryTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private static readonly DateTimeOffset s_midnight = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ServerId _server = new(Guid.NewGuid());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ResourceHistory History => fixture.Console.Get<ResourceHistory>();

    [Fact]
    public void The_last_hour_is_in_memory_oldest_first()
    {
        for (var i = 0; i < 2000; i++)
        {
            History.Append(_server, Sample(s_midnight.AddSeconds(2 * i), i));
        }

        History.Recent(_server, 3).Select(s => s.CpuPercent).ShouldBe([1997.0, 1998.0, 1999.0]);
        History.Recent(_server, int.MaxValue).Select(s => s.CpuPercent).ShouldBe(Enumerable.Range(200, 1800).Select(i => (double)i));
        History.Recent(new(Guid.NewGuid()), 5).ShouldBeEmpty();
    }

    [Fact]
    public void A_minute_is_handed_on_once_as_its_mean_when_it_is_over()
    {
        var samples = new ServerSamples();
        for (var i = 0; i < 45; i++)
        {
            samples.Add(Sample(s_midnight.AddSeconds(2 * i), i));
        }

        var (minute, average) = samples.TakeFinished(s_midnight.AddSeconds(90)).ShouldHaveSingleItem();
        (minute, average.Count, average.Cpu).ShouldBe((s_midnight, 30, 14.5));
        samples.TakeFinished(s_midnight.AddSeconds(119)).ShouldBeEmpty();
        samples.TakeFinished(s_midnight.AddSeconds(120)).ShouldHaveSingleItem().Average.Count.ShouldBe(15);
        samples.TakeFinished(s_midnight.AddSeconds(180)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_two_parts_of_a_minute_around_a_restart_are_averaged_by_weight()
    {
        await WriteAsync(Row(s_midnight, 10, 1));
        await WriteAsync(Row(s_midnight, 30, 4));
        var row = (await RowsAsync(SampleStep.Minute)).ShouldHaveSingleItem();
        (row.Count, row.Cpu).ShouldBe((40, 3.25));
    }

    [Fact]
    public async Task Minutes_become_hours_and_days_with_the_mean_of_their_samples_and_repeating_it_changes_nothing()
    {
        var minutes = Enumerable.Range(0, 30 * 60).Select(i => Row(s_midnight.AddMinutes(i), 1 + (i % 30), i)).ToArray();
        await WriteAsync(minutes);
        var now = s_midnight.AddHours(30);
        for (var round = 0; round < 2; round++)
        {
            await fixture.Console.Database.RunAsync((context, token) => SampleTable.RollUpAsync(context, now, token), Cancellation);
            CheckSums(await RowsAsync(SampleStep.Hour), minutes, SampleStep.Hour);
            CheckSums(await RowsAsync(SampleStep.Day), minutes, SampleStep.Day);
            (await RowsAsync(SampleStep.Minute)).Select(row => row.Time).ShouldAllBe(time => time >= s_midnight.AddHours(6));
        }

        await fixture.Console.Database.RunAsync((context, token) => SampleTable.RollUpAsync(context, s_midnight.AddDays(400), token), Cancellation);
        (await RowsAsync(SampleStep.Hour)).ShouldBeEmpty();
        (await RowsAsync(SampleStep.Day)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Stored_minutes_and_the_hour_in_memory_read_as_one_series()
    {
        var now = fixture.Time.GetUtcNow();
        var start = SampleStep.Minute.Floor(now).AddHours(-3);
        await WriteAsync([.. Enumerable.Range(0, 150).Select(i => Row(start.AddMinutes(i), 30, 1))]);
        History.Append(_server, Sample(now.AddMinutes(-2), 5));
        var series = await History.ReadAsync(_server, TimeSpan.FromHours(4), Cancellation);
        series.Length.ShouldBe(151);
        series.Select(s => s.Time).ShouldBeInOrder();
        series[^1].CpuPercent.ShouldBe(5);
    }

    private static void CheckSums(IReadOnlyList<SampleRow> rows, IEnumerable<SampleRow> minutes, SampleStep step)
    {
        var expected = minutes.GroupBy(row => step.Floor(row.Time)).ToDictionary(
            group => group.Key, group => group.Select(row => row.Average).Aggregate((a, b) => a.Merge(b)));
        rows.Select(row => row.Time).ShouldBe(expected.Keys, ignoreOrder: true);
        foreach (var row in rows)
        {
            row.Count.ShouldBe(expected[row.Time].Count);
            row.Cpu.ShouldBe(expected[row.Time].Cpu, 1e-6);
            row.Rss.ShouldBe(expected[row.Time].Rss, 1e-3);
        }
    }

    private static ResourceSample Sample(DateTimeOffset time, double cpu) => new(time, cpu, 1000, 4, 8, 2);

    private SampleRow Row(DateTimeOffset time, int count, double cpu) =>
        SampleRow.From(_server.Value, SampleStep.Minute, time, new(count, cpu, cpu * 1000, 4, 8, 2));

    private Task WriteAsync(params IReadOnlyCollection<SampleRow> rows) => fixture.Console.Database.RunAsync(
        async (context, token) =>
        {
            await SampleTable.AddAsync(context, rows, token);
            return true;
        },
        Cancellation);

    private Task<List<SampleRow>> RowsAsync(SampleStep step) => fixture.Console.Database.RunAsync(
        (context, token) => context.Samples.Where(row => row.ServerId == _server.Value && row.Step == step).OrderBy(row => row.Time).ToListAsync(token),
        Cancellation);
}
