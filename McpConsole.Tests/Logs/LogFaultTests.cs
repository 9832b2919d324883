using McpConsole.Domain.Logs;

namespace McpConsole.Tests.Logs;

[Trait("Kind", "Integration")]
public sealed class LogFaultTests
{
    [Fact]
    public async Task On_a_full_disk_output_waits_in_the_spool_and_is_stored_when_there_is_room()
    {
        await using var console = await LogConsole.StartAsync();
        var run = console.Run();
        run.Print("before\n");
        await Eventually.BeTrueAsync(() => console.Extent.LastSequence == 1);
        await run.EndAsync();

        // Writing to /dev/full fails as writing to a full disk does.
        var checkpoint = Path.Combine(console.LogFolder, "checkpoint");
        File.Move(checkpoint, checkpoint + ".kept");
        File.CreateSymbolicLink(checkpoint, "/dev/full");
        var next = console.Run();
        next.Print("one\ntwo\n");
        console.Intake.Write(console.Server, LogStream.Console, "note"u8);
        await Eventually.BeTrueAsync(() => console.Store.Fault is not null);
        console.Store.Fault!.ShouldContain("No space left on device");
        console.Store.Fault!.ShouldContain(console.LogFolder);
        console.Extent.LastSequence.ShouldBe(1);
        next.Print("three\n");
        await next.EndAsync();

        File.Delete(checkpoint);
        File.Move(checkpoint + ".kept", checkpoint);
        await Eventually.BeTrueAsync(() => console.Store.Fault is null);
        await Eventually.BeTrueAsync(() => !File.Exists(next.Paths.Stdout));
        (await console.TextsAsync()).ShouldBe(["before", "one", "two", "three", "note"], ignoreOrder: true);
        (await console.LinesAsync()).Select(line => line.Sequence).ShouldBe([1, 2, 3, 4, 5]);
        console.RawText().Split('\n').Length.ShouldBe(6, "what was begun while the disk was full was written over");
    }

    [Fact]
    public async Task When_the_folder_cannot_be_made_nothing_is_lost()
    {
        await using var console = await LogConsole.StartAsync();
        Directory.CreateDirectory(console.Data.Logs);
        await File.WriteAllTextAsync(console.LogFolder, "in the way", TestContext.Current.CancellationToken);
        var run = console.Run();
        run.Print("one\n");
        await Eventually.BeTrueAsync(() => console.Store.Fault is not null);
        run.Print("two\n");

        File.Delete(console.LogFolder);
        await Eventually.BeTrueAsync(() => console.Store.Fault is null);
        await run.EndAsync();
        (await console.TextsAsync()).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task A_deleted_folder_is_made_anew_and_sequences_go_on()
    {
        await using var console = await LogConsole.StartAsync();
        var run = console.Run();
        run.Print("one\n");
        await Eventually.BeTrueAsync(() => console.Extent.LastSequence == 1);
        Directory.Delete(console.LogFolder, recursive: true);
        run.Print("two\n");
        await run.EndAsync();

        (await console.LinesAsync()).Select(line => (line.Sequence, line.Text)).ShouldBe([(2, "two")]);
        console.Extent.FirstSequence.ShouldBe(2);
        console.RawText().ShouldContain("two");
    }

    [Fact]
    public async Task A_fault_of_one_server_leaves_the_others_alone()
    {
        await using var console = await LogConsole.StartAsync();
        Directory.CreateDirectory(console.Data.Logs);
        await File.WriteAllTextAsync(console.LogFolder, "in the way", TestContext.Current.CancellationToken);
        console.Run().Print("waits\n");
        await Eventually.BeTrueAsync(() => console.Store.Fault is not null);

        var other = new Domain.Servers.ServerId(Guid.NewGuid());
        console.Intake.Write(other, LogStream.Console, "goes on"u8);
        await Eventually.BeTrueAsync(() => console.Store.Extent(other).LastSequence == 1);
        File.Delete(console.LogFolder);
        await Eventually.BeTrueAsync(() => console.Extent.LastSequence == 1);
    }
}
