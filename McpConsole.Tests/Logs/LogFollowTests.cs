using McpConsole.Domain.Logs;

namespace McpConsole.Tests.Logs;

[Trait("Kind", "Integration")]
public sealed class LogFollowTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Following_from_now_shows_only_what_comes()
    {
        await using var console = await LogConsole.StartAsync();
        var run = console.Run();
        run.Print("before\n");
        await Eventually.BeTrueAsync(() => console.Extent.LastSequence == 1);

        await using var batches = console.Store.FollowAsync(console.Server, null, Ending).GetAsyncEnumerator(Ending);
        var next = batches.MoveNextAsync().AsTask();
        next.IsCompleted.ShouldBeFalse();

        // The follower begins on the thread pool: lines are printed until it has begun.
        var printed = 0;
        await Eventually.BeTrueAsync(() =>
        {
            run.Print($"line {printed++}\n");
            return next.IsCompleted;
        });
        (await next).ShouldBeTrue();
        batches.Current.Lines[0].Text.ShouldStartWith("line");
        batches.Current.Skipped.ShouldBe(0);
    }

    [Fact]
    public async Task A_follower_meets_every_line_once_over_disk_live_rotation_and_compression()
    {
        const int Total = 100_000;
        const int Part = 1_000;
        await using var console = await LogConsole.StartAsync(options => (options.MaxSize, options.MaxFiles) = ("128k", 1000));
        var run = console.Run();
        run.Print(Lines(0, 20_000));
        await Eventually.BeTrueAsync(() => console.Extent.LastSequence == 20_000);

        var (printed, next) = (20_000, 101L);
        await foreach (var batch in console.Store.FollowAsync(console.Server, 100, Ending))
        {
            batch.Skipped.ShouldBe(0);
            foreach (var line in batch.Lines)
            {
                line.Sequence.ShouldBe(next++);
                line.Text.ShouldBe($"line {line.Sequence - 1}");
            }

            if (next > Total)
            {
                break;
            }

            // Never so far ahead that a live follower would skip.
            while (printed < Total && printed < next + 5 * Part)
            {
                run.Print(Lines(printed, Part));
                printed += Part;
            }
        }

        await run.EndAsync();
        await console.Store.ApplyRetentionAsync(Ending);
        Directory.EnumerateFiles(console.LogFolder, "*.gz").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_follower_that_is_too_slow_skips_ahead_and_is_told_how_far()
    {
        await using var console = await LogConsole.StartAsync();
        var run = console.Run();
        run.Print("line 0\n");
        await using var batches = console.Store.FollowAsync(console.Server, 0, Ending).GetAsyncEnumerator(Ending);
        (await batches.MoveNextAsync()).ShouldBeTrue();
        var live = batches.MoveNextAsync().AsTask();
        run.Print("line 1\n");
        (await live).ShouldBeTrue();

        run.Print(Lines(2, 50_000));
        await Eventually.BeTrueAsync(() => console.Extent.LastSequence == 50_002);
        (await batches.MoveNextAsync()).ShouldBeTrue();
        batches.Current.Skipped.ShouldBeGreaterThan(30_000);
        batches.Current.Lines[0].Sequence.ShouldBe(3 + batches.Current.Skipped);
        batches.Current.Lines[0].Text.ShouldBe($"line {2 + batches.Current.Skipped}");
    }

    [Fact]
    public async Task Followers_share_the_decoded_lines()
    {
        await using var console = await LogConsole.StartAsync();
        var run = console.Run();
        await using var first = console.Store.FollowAsync(console.Server, 0, Ending).GetAsyncEnumerator(Ending);
        await using var second = console.Store.FollowAsync(console.Server, 0, Ending).GetAsyncEnumerator(Ending);
        var (one, two) = (first.MoveNextAsync().AsTask(), second.MoveNextAsync().AsTask());
        run.Print("shared\n");
        (await one && await two).ShouldBeTrue();
        first.Current.Lines[0].ShouldBeSameAs(second.Current.Lines[0]);
    }

    [Fact]
    public async Task Cancelling_ends_a_follower_that_waits()
    {
        await using var console = await LogConsole.StartAsync();
        using var cancel = new CancellationTokenSource();
        var following = console.Store.FollowAsync(console.Server, null, cancel.Token).ToListAsync(Ending).AsTask();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(following);
    }

    [Fact]
    public async Task Readers_are_not_disturbed_by_rotation_compression_and_retention()
    {
        await using var console = await LogConsole.StartAsync(options => (options.MaxSize, options.MaxFiles) = ("32k", 3));
        var run = console.Run();
        using var done = new CancellationTokenSource();
        var readers = new Func<Task>[]
        {
            async () => CheckOrder((await console.Store.ReadAsync(console.Server, new LogQuery { Limit = 500 }, Ending)).Value.Lines),
            async () => CheckOrder(await console.Store.ReadRangeAsync(console.Server, console.Extent.FirstSequence, 5_000, Ending)),
            async () => await console.Store.SearchAsync([], new LogQuery { Text = "9 " }, Ending).ToListAsync(Ending),
            async () => await console.Store.CopyRawAsync(console.Server, Stream.Null, Ending),
            async () => await console.Store.ApplyRetentionAsync(Ending),
        };
        var reading = readers.Select(reader => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                await reader();
            }
        })).ToArray();

        for (var printed = 0; printed < 200_000; printed += 2_000)
        {
            run.Print(Lines(printed, 2_000));
            await Eventually.BeTrueAsync(() => console.Extent.LastSequence >= printed);
        }

        await done.CancelAsync();
        await Task.WhenAll(reading);
        await run.EndAsync();
        console.Extent.LastSequence.ShouldBe(200_000);
    }

    private static void CheckOrder(IReadOnlyList<LogLine> lines)
    {
        lines.Select(line => line.Sequence).ShouldBeInOrder();
        lines.ShouldAllBe(line => line.Text == $"line {line.Sequence - 1}");
    }

    private static string Lines(int first, int count) => string.Concat(Enumerable.Range(first, count).Select(number => $"line {number}\n"));
}
