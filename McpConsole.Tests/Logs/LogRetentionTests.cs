using McpConsole.Infrastructure;
using McpConsole.Infrastructure.Logs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace McpConsole.Tests.Logs;

[Trait("Kind", "Integration")]
public sealed class LogRetentionTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_oldest_segments_go_when_a_log_takes_more_than_its_share()
    {
        await using var console = await LogConsole.StartAsync(options => (options.MaxSize, options.MaxFiles) = ("64k", 4));
        var run = console.Run();
        var random = new Random(1);
        var bytes = new byte[400];
        for (var i = 0; i < 3_000; i++)
        {
            random.NextBytes(bytes);
            run.Print($"line {i} {Convert.ToBase64String(bytes)}\n");
        }

        await run.EndAsync();
        await console.Store.ApplyRetentionAsync(Ending);
        var extent = console.Extent;
        extent.LastSequence.ShouldBe(3_000);
        extent.FirstSequence.ShouldBeGreaterThan(1_000);
        extent.Bytes.ShouldBeInRange(128 * 1024, 256 * 1024);
        OnDisk(console.LogFolder).ShouldBe(extent.Bytes);
        (await console.TextsAsync())[0].ShouldStartWith($"line {extent.FirstSequence - 1} ");
        Directory.EnumerateFiles(console.LogFolder, "*.log").Select(path => new FileInfo(path).Length).ShouldAllBe(length => length <= 64 * 1024);
    }

    [Fact]
    public async Task Compression_lengthens_the_history()
    {
        await using var console = await LogConsole.StartAsync(options => (options.MaxSize, options.MaxFiles) = ("64k", 4));
        var run = console.Run();
        run.Print(string.Concat(Enumerable.Range(0, 8_000).Select(i => $"line {i} of a log that says much the same again and again\n")));
        await run.EndAsync();
        await console.Store.ApplyRetentionAsync(Ending);

        console.Extent.FirstSequence.ShouldBe(1);
        console.Extent.Bytes.ShouldBeLessThan(256 * 1024);
        (await console.LinesAsync()).Count.ShouldBe(8_000);
    }

    [Fact]
    public async Task Old_segments_go_but_never_the_one_that_is_written()
    {
        await using var console = new LogConsole();
        await using (var first = await LogConsole.StartAsync(options => options.MaxSize = "16k", console.Data))
        {
            var run = first.Run();
            run.Print(string.Concat(Enumerable.Range(0, 2_000).Select(i => $"line {i}\n")));
            await run.EndAsync();
            await first.Store.ApplyRetentionAsync(Ending);
            first.Extent.FirstSequence.ShouldBe(1);
        }

        await using var later = new LogConsole(options => options.MaxDays = 7, console.Data, new LaterTime(TimeSpan.FromDays(8)));
        var before = later.Extent;
        var freed = await later.Store.ApplyRetentionAsync(Ending);
        later.Extent.FirstSequence.ShouldBeGreaterThan(1);
        later.Extent.LastSequence.ShouldBe(2_000);
        freed.ShouldBe(before.Bytes - later.Extent.Bytes);
        Directory.EnumerateFiles(console.LogFolder).Select(Path.GetFileName).ShouldBe(
            ["checkpoint", Path.GetFileName(Segment.PathOf("", later.Extent.FirstSequence))], ignoreOrder: true);
    }

    [Fact]
    public async Task Deleted_and_damaged_segments_do_not_stop_retention()
    {
        await using var console = await LogConsole.StartAsync(options => (options.MaxSize, options.MaxFiles) = ("16k", 1000));
        var run = console.Run();
        for (var i = 0; i < 10; i++)
        {
            var end = console.Extent.LastSequence + 500;
            run.Print(string.Concat(Enumerable.Range(500 * i, 500).Select(number => $"line {number}\n")));
            await Eventually.BeTrueAsync(() => console.Extent.LastSequence == end);
        }

        await run.EndAsync();
        await console.Store.ApplyRetentionAsync(Ending);
        var segments = Directory.EnumerateFiles(console.LogFolder, "*.gz").Order(StringComparer.Ordinal).ToArray();
        File.WriteAllText(segments[0], "damaged");
        File.Delete(Segment.IndexPathOf(segments[0]));
        File.Delete(segments[2]);

        await using var later = new LogConsole(options => (options.MaxSize, options.MaxFiles) = ("16k", 1), console.Data);
        await later.Store.ApplyRetentionAsync(Ending);
        later.Extent.Bytes.ShouldBeLessThanOrEqualTo(16 * 1024);
        later.Extent.LastSequence.ShouldBe(5_000);
        (await later.TextsAsync())[^1].ShouldBe("line 4999");
    }

    [Fact]
    public async Task A_log_that_is_read_while_it_is_compressed_keeps_its_index()
    {
        await using var console = await LogConsole.StartAsync(options => options.MaxSize = "16k");
        var run = console.Run();
        run.Print(string.Concat(Enumerable.Range(0, 2_000).Select(i => $"line {i}\n")));
        await run.EndAsync();
        await console.Store.ApplyRetentionAsync(Ending);
        foreach (var segment in Directory.EnumerateFiles(console.LogFolder, "*.gz"))
        {
            SegmentIndex.TryLoad(Segment.IndexPathOf(segment), new FileInfo(segment).Length).ShouldNotBeNull();
        }
    }

    [Theory]
    [InlineData("LOG_MAX_SIZE", "512k", 512 * 1024)]
    [InlineData("LOG_MAX_SIZE", "20M", 20 * 1024 * 1024)]
    [InlineData("LOG_MAX_SIZE", "1048576", 1024 * 1024)]
    [InlineData("LOG_MAX_FILES", "3", 10 * 1024 * 1024)]
    public void Settings_are_read(string key, string value, long segment)
    {
        var options = Options(key, value);
        options.SegmentBytes.ShouldBe(segment);
        options.BudgetBytes.ShouldBe(segment * (key == "LOG_MAX_FILES" ? 3 : 10));
    }

    [Theory]
    [InlineData("LOG_MAX_SIZE", "ten")]
    [InlineData("LOG_MAX_SIZE", "")]
    [InlineData("LOG_MAX_SIZE", "1")]
    [InlineData("LOG_MAX_SIZE", "-5m")]
    [InlineData("LOG_MAX_SIZE", "9g")]
    [InlineData("LOG_MAX_FILES", "0")]
    [InlineData("LOG_MAX_DAYS", "0")]
    public void Wrong_settings_are_named(string key, string value) =>
        Should.Throw<OptionsValidationException>(() => Options(key, value)).Message.ShouldContain(key);

    private static LogOptions Options(string key, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddSingleton(DataFolder.At("unused"));
        services.AddServerLogs();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<LogOptions>>().Value;
    }

    private static long OnDisk(string folder) =>
        Directory.EnumerateFiles(folder, "*.log*").Sum(path => new FileInfo(path).Length);

    private sealed class LaterTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
