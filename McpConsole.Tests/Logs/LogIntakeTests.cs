using System.Text;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;

namespace McpConsole.Tests.Logs;

[Trait("Kind", "Integration")]
public sealed class LogIntakeTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_of_both_streams_are_stored_with_time_and_stream()
    {
        await using var console = await LogConsole.StartAsync();
        var run = console.Run();
        var before = TimeProvider.System.GetUtcNow().AddMilliseconds(-1);
        run.Print("one\ntwo\r\n");
        run.PrintError("three\n");
        await run.EndAsync();

        var lines = await console.LinesAsync();
        lines.Select(line => line.Sequence).ShouldBe([1, 2, 3]);
        lines.Where(line => line.Stream == LogStream.Stdout).Select(line => line.Text).ShouldBe(["one", "two"]);
        lines.Single(line => line.Stream == LogStream.Stderr).Text.ShouldBe("three");
        lines.ShouldAllBe(line => line.Time > before && line.Time <= TimeProvider.System.GetUtcNow());
        console.RawText().Split('\n').ShouldContain(line => line.Length == 35 && line[26] == 'Z' && line.EndsWith(" out one"));
    }

    [Fact]
    public async Task A_line_appears_while_the_run_goes_on()
    {
        await using var console = await LogConsole.StartAsync();
        var run = console.Run();
        run.Print("ready\n");
        await Eventually.BeTrueAsync(() => console.Extent.LastSequence == 1);
        run.Print("more\n");
        await Eventually.BeTrueAsync(() => console.Extent.LastSequence == 2);
    }

    [Fact]
    public async Task A_line_without_an_end_is_stored_after_a_while_as_one_that_goes_on()
    {
        await using var console = await LogConsole.StartAsync();
        var run = console.Run();
        run.Print("Password: ");
        await Eventually.BeTrueAsync(() => console.Extent.LastSequence == 1);
        run.Print("accepted\n");
        await run.EndAsync();

        var lines = await console.LinesAsync();
        lines.Select(line => (line.Text, line.Continued)).ShouldBe([("Password: ", true), ("accepted", false)]);
    }

    [Fact]
    public async Task The_last_line_of_a_run_needs_no_end()
    {
        await using var console = await LogConsole.StartAsync();
        var run = console.Run();
        run.Print("first\nlast words");
        await run.EndAsync();

        (await console.LinesAsync()).Select(line => (line.Text, line.Continued)).ShouldBe([("first", false), ("last words", false)]);
    }

    [Fact]
    public async Task Ten_megabytes_without_a_newline_are_kept_in_pieces()
    {
        await using var console = await LogConsole.StartAsync();
        var run = console.Run();
        var text = string.Concat(Enumerable.Range(0, 1_500_000).Select(i => (i % 10_000_000).ToString("D7")));
        run.Print(text);
        await run.EndAsync();

        var lines = await console.LinesAsync();
        string.Concat(lines.Select(line => line.Text)).ShouldBe(text);
        lines.SkipLast(1).ShouldAllBe(line => line.Continued);
        lines[^1].Continued.ShouldBeFalse();
    }

    [Fact]
    public async Task Bytes_are_kept_as_they_were_printed()
    {
        await using var console = await LogConsole.StartAsync();
        var run = console.Run();
        run.Print("10 %\r20 %\r30 %\n\x1B[31mred\x1B[0m\nnul \0 here\n");
        run.Print(0xFF, 0xFE, (byte)'x', (byte)'\n');
        await run.EndAsync();

        (await console.TextsAsync()).ShouldBe(["10 %\r20 %\r30 %", "\x1B[31mred\x1B[0m", "nul \0 here", "��x"]);
        using var raw = new MemoryStream();
        await console.Store.CopyRawAsync(console.Server, raw, Ending);
        raw.ToArray().AsSpan().IndexOf<byte>([0xFF, 0xFE, (byte)'x']).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_character_that_comes_in_two_parts_is_whole()
    {
        await using var console = await LogConsole.StartAsync();
        var run = console.Run();
        var bytes = Encoding.UTF8.GetBytes("早上好\n");
        run.Print(bytes[..4]);
        await Eventually.BeTrueAsync(() => console.Extent.LastSequence == 1);
        run.Print(bytes[4..]);
        await run.EndAsync();

        string.Concat(await console.TextsAsync()).ShouldBe("早上好");
    }

    [Fact]
    public async Task Secrets_never_reach_the_disk()
    {
        await using var console = await LogConsole.StartAsync();
        var run = console.Run(new Secret("hunter2-hunter2"), new Secret("a\"b c"), new Secret("xyz"));
        run.Print("token=hunter2-hunter2; again hunter2-hunter2\n{\"v\":\"a\\u0022b c\"} ?q=a%22b%20c xyz\nhalf hunter2-hun");
        await Eventually.BeTrueAsync(() => console.Extent.LastSequence == 3);
        run.Print("ter2 end\n");
        run.PrintError("fatal: hunter2-hunter2\n");
        (await console.Intake.ReadStderrTailAsync(console.Server, run.Id, 10, Ending)).ShouldBe([$"fatal: {Secret.Mask}"]);
        console.Intake.Write(console.Server, LogStream.Traffic, "{\"auth\":\"hunter2-hunter2\"}"u8);
        await run.EndAsync();
        await Eventually.BeTrueAsync(() => console.Extent.LastSequence == 6);

        var raw = console.RawText();
        raw.ShouldNotContain("hunter2");
        raw.ShouldNotContain("b c");
        raw.ShouldContain("xyz", customMessage: "what is shorter than four characters is not masked");
        (await console.TextsAsync()).ShouldContain($"token={Secret.Mask}; again {Secret.Mask}");
    }

    [Fact]
    public async Task The_tail_of_standard_error_is_of_that_run_alone_and_outlives_a_restart()
    {
        var runId = Guid.NewGuid();
        await using var console = await LogConsole.StartAsync();
        await using (var first = await LogConsole.StartAsync(data: console.Data))
        {
            first.Attach(runId).PrintError("from before\n");
            await Eventually.BeTrueAsync(() => first.Extent.LastSequence == 1);
        }

        var run = console.Attach(runId);
        console.Run().PrintError("of another run\n");
        run.PrintError("dies");
        (await console.Intake.ReadStderrTailAsync(console.Server, run.Id, 2, Ending)).ShouldBe(["from before", "dies"]);
        (await console.Intake.ReadStderrTailAsync(console.Server, run.Id, 1, Ending)).ShouldBe(["dies"]);
    }

    [Fact]
    public async Task Draining_deletes_the_spool_and_may_be_asked_twice()
    {
        await using var console = await LogConsole.StartAsync();
        var run = console.Run();
        run.Print("x\n");
        await Task.WhenAll(run.EndAsync(), run.EndAsync());
        await run.EndAsync();
        File.Exists(run.Paths.Stdout).ShouldBeFalse();
        File.Exists(run.Paths.Stderr).ShouldBeFalse();
    }

    [Fact]
    public async Task A_run_that_was_not_attached_is_not_stored_unmasked()
    {
        await using var console = await LogConsole.StartAsync();
        var runId = Guid.NewGuid();
        console.Intake.CreateSpool(console.Server, runId);
        await Should.ThrowAsync<InvalidOperationException>(() => console.Intake.DrainAsync(console.Server, runId, Ending));
    }

    [Fact]
    public async Task What_is_taken_in_frees_its_place_in_the_spool()
    {
        await using var console = await LogConsole.StartAsync();
        var run = console.Run();
        var line = new string('x', 1023) + "\n";
        run.Print(string.Concat(Enumerable.Repeat(line, 12 * 1024)));
        await Eventually.BeTrueAsync(() => console.Extent.LastSequence == 12 * 1024);
        await Eventually.BeTrueAsync(() => OnDisk(run.Paths.Stdout) < 5 * 1024 * 1024);
        new FileInfo(run.Paths.Stdout).Length.ShouldBe(12 * 1024 * 1024);
    }

    [Fact]
    public async Task Removing_a_server_deletes_its_log_and_spool_for_good()
    {
        await using var console = await LogConsole.StartAsync();
        var run = console.Run();
        run.Print("x\n");
        await Eventually.BeTrueAsync(() => console.Extent.LastSequence == 1);
        await console.Intake.RemoveAsync(console.Server, Ending);
        console.Intake.Write(console.Server, LogStream.Console, "too late"u8);
        await console.Intake.ReadStderrTailAsync(new ServerId(Guid.NewGuid()), Guid.NewGuid(), 1, Ending);

        Directory.Exists(console.LogFolder).ShouldBeFalse();
        Directory.Exists(Path.GetDirectoryName(run.Paths.Stdout)).ShouldBeFalse();
        console.Extent.ShouldBe(new LogExtent(0, 0, 0));
    }

    [Fact]
    public async Task A_flood_does_not_keep_others_waiting()
    {
        await using var console = await LogConsole.StartAsync();
        var flood = console.Run();
        flood.Print(string.Concat(Enumerable.Repeat(new string('x', 99) + "\n", 400_000)));
        var other = new ServerId(Guid.NewGuid());
        console.Intake.Write(other, LogStream.Console, "hello"u8);
        await Eventually.BeTrueAsync(() => console.Store.Extent(other).LastSequence == 1);
        await flood.EndAsync();
        console.Extent.LastSequence.ShouldBe(400_000);
    }

    private static long OnDisk(string path)
    {
        using var stat = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("stat", ["-c", "%b", path]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        return 512 * long.Parse(stat.StandardOutput.ReadToEnd());
    }
}
