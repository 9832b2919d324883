using McpConsole.Domain.Logs;
using McpConsole.Infrastructure.Logs;

namespace McpConsole.Tests.Logs;

[Trait("Kind", "Integration")]
public sealed class LogRecoveryTests
{
    [Fact]
    public async Task After_a_restart_reading_goes_on_where_it_stopped()
    {
        await using var console = new LogConsole();
        var runId = Guid.NewGuid();
        await using (var first = await LogConsole.StartAsync(data: console.Data))
        {
            first.Attach(runId).Print("one\ntwo\n");
            await Eventually.BeTrueAsync(() => first.Extent.LastSequence == 2);
        }

        await using var second = await LogConsole.StartAsync(data: console.Data);
        var run = second.Attach(runId);
        run.Print("three\n");
        await run.EndAsync();
        (await second.LinesAsync()).Select(line => (line.Sequence, line.Text)).ShouldBe([(1, "one"), (2, "two"), (3, "three")]);
    }

    [Fact]
    public async Task What_was_printed_while_no_console_was_there_has_the_time_it_was_printed_by()
    {
        await using var console = new LogConsole();
        var runId = Guid.NewGuid();
        var paths = console.Intake.CreateSpool(console.Server, runId);
        await File.WriteAllTextAsync(paths.Stdout, "long ago\n", TestContext.Current.CancellationToken);
        var printed = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        File.SetLastWriteTimeUtc(paths.Stdout, printed.UtcDateTime);

        await using var after = await LogConsole.StartAsync(data: console.Data);
        var run = after.Attach(runId);
        await Eventually.BeTrueAsync(() => after.Extent.LastSequence == 1);
        run.Print("now\n");
        await run.EndAsync();
        var lines = await after.LinesAsync();
        lines[0].Time.ShouldBe(printed);
        lines[1].Time.ShouldBeGreaterThan(printed.AddDays(1));
    }

    [Fact]
    public async Task A_run_that_is_attached_late_is_not_read_twice()
    {
        await using var console = new LogConsole();
        var (early, late) = (Guid.NewGuid(), Guid.NewGuid());
        await using (var first = await LogConsole.StartAsync(data: console.Data))
        {
            first.Attach(early).Print("early\n");
            first.Attach(late).Print("late\n");
            await Eventually.BeTrueAsync(() => first.Extent.LastSequence == 2);
        }

        await using (var second = await LogConsole.StartAsync(data: console.Data))
        {
            second.Attach(early).Print("more\n");
            await Eventually.BeTrueAsync(() => second.Extent.LastSequence == 3);
        }

        await using var third = await LogConsole.StartAsync(data: console.Data);
        await third.Attach(late).EndAsync();
        (await third.TextsAsync()).ShouldBe(["early", "late", "more"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_spools_of_runs_that_ended_unseen_are_found_stored_and_deleted()
    {
        await using var console = new LogConsole();
        var (alive, ended) = (Guid.NewGuid(), Guid.NewGuid());
        await using (var first = await LogConsole.StartAsync(data: console.Data))
        {
            first.Attach(ended).Print("seen\n");
            await Eventually.BeTrueAsync(() => first.Extent.LastSequence == 1);
        }

        await File.AppendAllTextAsync(console.Intake.CreateSpool(console.Server, ended).Stdout, "last words with a secret", TestContext.Current.CancellationToken);
        await using var second = await LogConsole.StartAsync(data: console.Data);
        var run = second.Attach(alive);
        second.Intake.FindSpools(console.Server).ShouldBe([alive, ended], ignoreOrder: true);
        await second.Attach(ended, new Domain.Servers.Secret("secret")).EndAsync();
        (await second.TextsAsync()).ShouldBe(["seen", $"last words with a {Domain.Servers.Secret.Mask}"]);
        Directory.EnumerateFiles(Path.GetDirectoryName(run.Paths.Stdout)!).ShouldBe([run.Paths.Stdout, run.Paths.Stderr], ignoreOrder: true);
    }

    [Fact]
    public async Task What_stands_beyond_the_checkpoint_is_cut_off()
    {
        await using var console = await StoppedAfterAsync("one\ntwo\n");
        var segment = Segment.PathOf(console.LogFolder, 1);
        await File.AppendAllTextAsync(segment, "2026-11-20T03:37:52.123456Z out not in the checkpoint\n2026-", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Segment.PathOf(console.LogFolder, 3), "begun", TestContext.Current.CancellationToken);

        await using var after = await LogConsole.StartAsync(data: console.Data);
        (await after.TextsAsync()).ShouldBe(["one", "two"]);
        after.Extent.LastSequence.ShouldBe(2);
        Directory.EnumerateFiles(console.LogFolder, "*.log").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Without_a_checkpoint_the_segments_are_believed()
    {
        await using var console = await StoppedAfterAsync("one\ntwo\n");
        File.Delete(CheckpointFile.PathIn(console.LogFolder));
        await File.AppendAllTextAsync(Segment.PathOf(console.LogFolder, 1), "2026-11-20T03:37:52.123456Z out torn", TestContext.Current.CancellationToken);

        await using var after = await LogConsole.StartAsync(data: console.Data);
        var run = after.Run();
        run.Print("three\n");
        await run.EndAsync();
        (await after.LinesAsync()).Select(line => (line.Sequence, line.Text)).ShouldBe([(1, "one"), (2, "two"), (3, "three")]);
    }

    [Fact]
    public async Task A_segment_that_is_shorter_than_its_checkpoint_does_not_give_a_sequence_twice()
    {
        await using var console = await StoppedAfterAsync("one\ntwo\nthree\n");
        var segment = Segment.PathOf(console.LogFolder, 1);
        await using (var file = File.OpenWrite(segment))
        {
            file.SetLength(file.Length - 4);
        }

        await using var after = await LogConsole.StartAsync(data: console.Data);
        var run = after.Run();
        run.Print("four\n");
        await run.EndAsync();
        (await after.LinesAsync()).Select(line => (line.Sequence, line.Text)).ShouldBe([(1, "one"), (2, "two"), (4, "four")]);
        (await after.Store.ReadAsync(after.Server, new LogQuery(), TestContext.Current.CancellationToken)).Value.Lines.Count.ShouldBe(3);
    }

    [Fact]
    public void A_torn_checkpoint_gives_way_to_the_one_before()
    {
        var folder = Directory.CreateTempSubdirectory("mcpconsole-test-").FullName;
        try
        {
            CheckpointFile.TryRead(folder).ShouldBeNull();
            var runId = Guid.NewGuid();
            using (var file = CheckpointFile.Open(folder))
            {
                file.Write(new Checkpoint(1, 100, 5, [new SpoolOffsets(runId, 7, 8)]));
                file.Write(new Checkpoint(1, 200, 9, []));
            }

            CheckpointFile.TryRead(folder)!.SegmentLength.ShouldBe(200);
            var bytes = File.ReadAllBytes(CheckpointFile.PathIn(folder));
            bytes[20] ^= 1;
            File.WriteAllBytes(CheckpointFile.PathIn(folder), bytes);
            var older = CheckpointFile.TryRead(folder)!;
            (older.SegmentSequence, older.SegmentLength, older.NextSequence).ShouldBe((1, 100, 5));
            older.Spools.ShouldBe([new SpoolOffsets(runId, 7, 8)]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<LogConsole> StoppedAfterAsync(string output)
    {
        var console = new LogConsole();
        await using var first = await LogConsole.StartAsync(data: console.Data);
        var run = first.Run();
        run.Print(output);
        await run.EndAsync();
        return console;
    }
}
