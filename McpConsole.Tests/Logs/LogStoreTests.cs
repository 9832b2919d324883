using System.Collections.Immutable;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;

namespace McpConsole.Tests.Logs;

[Trait("Kind", "Integration")]
public sealed class LogStoreTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Paging_back_meets_every_line_once(bool compressed)
    {
        await using var console = await NumberedAsync(20_000, compressed);
        var texts = new List<string>();
        long? before = null;
        LogPage page;
        do
        {
            page = await ReadAsync(console, new LogQuery { Before = before, Limit = 777 });
            page.Lines.Select(line => line.Sequence).ShouldBeInOrder();
            texts.InsertRange(0, page.Lines.Select(line => line.Text));
            before = page.Lines[0].Sequence;
        }
        while (page.More);

        texts.ShouldBe(Numbers(20_000));
    }

    [Fact]
    public async Task A_search_over_all_servers_passes_over_a_log_that_cannot_be_read()
    {
        await using var console = await NumberedAsync(10, compressed: false);
        var broken = new ServerId(Guid.NewGuid());
        // Reading it fails as reading from a broken disk does.
        File.CreateSymbolicLink(Path.Combine(Directory.CreateDirectory(console.Data.Log(broken)).FullName, "checkpoint"), "/proc/self/mem");

        var steps = await console.Store.SearchAsync([], new LogQuery { Text = Numbers(10).First() }, Ending).ToListAsync(Ending);

        steps.SelectMany(step => step.Hits).ShouldNotBeEmpty();
        steps[^1].Unreadable.ShouldBe([broken]);
    }

    [Fact]
    public async Task A_server_named_twice_is_searched_once()
    {
        await using var console = await NumberedAsync(10, compressed: false);

        var steps = await console.Store.SearchAsync([console.Server, console.Server], new LogQuery { Text = Numbers(10).First() }, Ending).ToListAsync(Ending);

        steps.SelectMany(step => step.Hits).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_range_is_read_from_any_sequence(bool compressed)
    {
        await using var console = await NumberedAsync(20_000, compressed);
        foreach (var first in new[] { 1, 2, 4_999, 12_345, 19_990, 20_000 })
        {
            var lines = await console.Store.ReadRangeAsync(console.Server, first, 50, Ending);
            lines.Select(line => line.Text).ShouldBe(Numbers(20_000).Skip(first - 1).Take(50));
            lines[0].Sequence.ShouldBe(first);
        }

        (await console.Store.ReadRangeAsync(console.Server, 20_001, 50, Ending)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_raw_log_is_the_segments_one_after_the_other(bool compressed)
    {
        await using var console = await NumberedAsync(20_000, compressed);
        using var raw = new MemoryStream();
        await console.Store.CopyRawAsync(console.Server, raw, Ending);
        var lines = System.Text.Encoding.UTF8.GetString(raw.ToArray()).TrimEnd('\n').Split('\n');
        lines.Select(line => line[32..]).ShouldBe(Numbers(20_000));
    }

    [Fact]
    public async Task Filters_hold_together()
    {
        await using var console = await LogConsole.StartAsync();
        var run = console.Run();
        run.Print("INFO Alpha out\nERROR beta out\n");
        await Eventually.BeTrueAsync(() => console.Extent.LastSequence == 2);
        var between = TimeProvider.System.GetUtcNow();
        run.PrintError("error: ALPHA err\nwarn: gamma err\nout\n");
        await run.EndAsync();

        (await FindAsync(console, new() { Text = "alpha" })).ShouldBe(["INFO Alpha out", "error: ALPHA err"]);
        (await FindAsync(console, new() { Text = "out" })).ShouldBe(["INFO Alpha out", "ERROR beta out", "out"], "the stream's name in the prefix is not text");
        (await FindAsync(console, new() { Text = "2026-" })).ShouldBeEmpty("the time in the prefix is not text");
        (await FindAsync(console, new() { Text = "[aA]lpha", Regex = true })).ShouldBe(["INFO Alpha out"]);
        (await FindAsync(console, new() { Text = "^out$", Regex = true })).ShouldBe(["out"]);
        (await FindAsync(console, new() { MinimumLevel = LineLevel.Error })).ShouldBe(["ERROR beta out", "error: ALPHA err"]);
        (await FindAsync(console, new() { Stream = LogStream.Stderr, MinimumLevel = LineLevel.Warning })).ShouldBe(["error: ALPHA err", "warn: gamma err"]);
        (await FindAsync(console, new() { Text = "alpha", Stream = LogStream.Stdout })).ShouldBe(["INFO Alpha out"]);
        (await FindAsync(console, new() { Since = between })).ShouldBe(["error: ALPHA err", "warn: gamma err", "out"]);
        (await FindAsync(console, new() { Until = between })).ShouldBe(["INFO Alpha out", "ERROR beta out"]);
        (await FindAsync(console, new() { Text = "line\nend" })).ShouldBeEmpty();
        (await FindAsync(console, new() { Limit = 2 })).ShouldBe(["warn: gamma err", "out"]);
        (await ReadAsync(console, new() { Text = "alpha", Limit = 1 })).More.ShouldBeTrue();
        (await ReadAsync(console, new() { Text = "alpha", Limit = 2 })).More.ShouldBeFalse();
    }

    [Theory]
    [InlineData("(", "logs.pattern_invalid")]
    [InlineData("(a)\\1", "logs.pattern_unsupported")]
    [InlineData("(?=a)", "logs.pattern_unsupported")]
    [InlineData("(.{1,500}){500}x", "logs.pattern_unsupported")]
    public async Task A_wrong_pattern_is_an_error_of_reading_and_of_searching(string pattern, string code)
    {
        await using var console = new LogConsole();
        var query = new LogQuery { Text = pattern, Regex = true };
        (await console.Store.ReadAsync(console.Server, query, Ending)).Error!.Code.ShouldBe(code);
        var steps = await console.Store.SearchAsync([], query, Ending).ToListAsync(Ending);
        steps.Single().Error!.Code.ShouldBe(code);
    }

    [Fact]
    public async Task A_search_covers_all_servers_newest_first_and_ends_with_all_scanned()
    {
        await using var console = await NumberedAsync(20_000, compressed: true);
        var other = new ServerId(Guid.NewGuid());
        console.Intake.Write(other, LogStream.Console, "line 12345 of another server"u8);
        await Eventually.BeTrueAsync(() => console.Store.Extent(other).LastSequence == 1);

        var steps = await console.Store.SearchAsync([], new LogQuery { Text = "LINE 12345" }, Ending).ToListAsync(Ending);
        steps.SelectMany(step => step.Hits).Select(hit => (hit.Server, hit.Line.Sequence)).ShouldBe([(other, 1L), (console.Server, 12_346L)]);
        steps[^1].ScannedBytes.ShouldBe(steps[^1].TotalBytes);
        steps[^1].Error.ShouldBeNull();

        var limited = await console.Store.SearchAsync([console.Server], new LogQuery { Text = "line", Limit = 3 }, Ending).ToListAsync(Ending);
        limited.SelectMany(step => step.Hits).Select(hit => hit.Line.Sequence).ShouldBe([20_000, 19_999, 19_998]);
    }

    [Fact]
    public async Task A_search_can_be_cancelled()
    {
        await using var console = await NumberedAsync(1_000, compressed: false);
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(
            async () => await console.Store.SearchAsync([], new LogQuery { Text = "x" }, cancel.Token).ToListAsync(cancel.Token));
    }

    [Fact]
    public async Task A_lost_index_is_made_anew()
    {
        await using var console = await NumberedAsync(20_000, compressed: true);
        await using var again = await LogConsole.StartAsync(data: console.Data);
        foreach (var index in Directory.EnumerateFiles(console.LogFolder, "*.idx"))
        {
            File.Delete(index);
        }

        (await again.TextsAsync()).ShouldBe(Numbers(20_000));
    }

    [Fact]
    public async Task A_segment_that_cannot_be_read_is_passed_over()
    {
        await using var console = await NumberedAsync(20_000, compressed: true);
        var damaged = Directory.EnumerateFiles(console.LogFolder, "*.gz").Order(StringComparer.Ordinal).ElementAt(1);
        File.WriteAllBytes(damaged, new byte[new FileInfo(damaged).Length]);

        var texts = await console.TextsAsync();
        texts.Count.ShouldBeInRange(10_000, 19_999);
        texts[0].ShouldBe("line 0");
        texts[^1].ShouldBe("line 19999");
        (await FindAsync(console, new() { Text = "line 0" })).ShouldBe(["line 0"]);
    }

    /// <summary>A log of lines «line 0», «line 1», … in several segments.</summary>
    private static async Task<LogConsole> NumberedAsync(int count, bool compressed)
    {
        var console = await LogConsole.StartAsync(options => options.MaxSize = "128k");
        var run = console.Run();
        foreach (var part in Numbers(count).Chunk(count / 10))
        {
            var end = console.Extent.LastSequence + part.Length;
            run.Print(string.Join('\n', part) + "\n");
            await Eventually.BeTrueAsync(() => console.Extent.LastSequence == end);
        }

        await run.EndAsync();
        if (compressed)
        {
            await console.Store.ApplyRetentionAsync(Ending);
            Directory.EnumerateFiles(console.LogFolder, "*.gz").Count().ShouldBeGreaterThan(2);
        }

        return console;
    }

    private static ImmutableArray<string> Numbers(int count) => [.. Enumerable.Range(0, count).Select(number => $"line {number}")];

    private static async Task<LogPage> ReadAsync(LogConsole console, LogQuery query) =>
        (await console.Store.ReadAsync(console.Server, query, Ending)).Value;

    private static async Task<IEnumerable<string>> FindAsync(LogConsole console, LogQuery query) =>
        (await ReadAsync(console, query)).Lines.Select(line => line.Text);
}
