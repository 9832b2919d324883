using FsCheck;
using FsCheck.Fluent;
using McpConsole.Infrastructure.Database;

namespace McpConsole.Tests.Database;

public sealed class JournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => System.IO.Path.Combine(_folder.Path, "journal", "entries.jsonl");

    [Fact]
    public void Entries_come_out_once_in_order_whatever_the_order_of_appending_taking_and_restarting() => Prop.ForAll(
        Gen.Choose(0, 12).ListOf().ToArbitrary(),
        steps =>
        {
            var (written, taken) = (0, new List<string>());
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            File.Delete(Path);
            var journal = new Journal<Entry>(Path);
            foreach (var step in steps)
            {
                switch (step)
                {
                    case < 8:
                        journal.Append(new($"entry {written++} ü \n \"quoted\""));
                        break;
                    case < 12:
                        var batch = journal.Peek(step - 6);
                        journal.Take(batch);
                        taken.AddRange(batch.Entries.Select(entry => entry.Text));
                        break;
                    default:
                        Drain(journal, taken);
                        journal.Dispose();
                        journal = new(Path);
                        break;
                }

                journal.Count.ShouldBe(written - taken.Count);
            }

            Drain(journal, taken);
            journal.Dispose();
            taken.ShouldBe(Enumerable.Range(0, written).Select(i => $"entry {i} ü \n \"quoted\""));
            new FileInfo(Path).Length.ShouldBe(0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_was_not_taken_is_there_after_a_kill()
    {
        using (var journal = new Journal<Entry>(Path))
        {
            journal.Append(new("first"));
            journal.Append(new("second"));
            journal.Peek(1).Entries.ShouldHaveSingleItem();
        }

        using var next = new Journal<Entry>(Path);
        next.Count.ShouldBe(2);
        next.Peek(10).Entries.Select(entry => entry.Text).ShouldBe(["first", "second"]);
    }

    [Fact]
    public void An_unfinished_last_line_is_cut_and_a_broken_one_is_passed_over()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, """{"Text":"good"}""" + "\n{broken\n" + """{"Text":"unfini""");
        using var journal = new Journal<Entry>(Path);
        journal.Append(new("next"));
        var batch = journal.Peek(10);
        batch.Entries.Select(entry => entry.Text).ShouldBe(["good", "next"]);
        journal.Take(batch);
        (journal.Count, journal.Lost).ShouldBe((0, 1));
    }

    [Fact]
    public void An_entry_larger_than_the_read_buffer_comes_out_whole()
    {
        using var journal = new Journal<Entry>(Path);
        var large = new string('x', 3_000_000);
        journal.Append(new("small"));
        journal.Append(new(large));
        var taken = new List<string>();
        Drain(journal, taken);
        taken.ShouldBe(["small", large]);
    }

    [Fact]
    public void While_the_disk_takes_nothing_entries_wait_in_memory_in_order_and_the_excess_is_counted()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        // Every write to it fails with «no space left on device».
        File.CreateSymbolicLink(Path, "/dev/full");
        using var journal = new Journal<Entry>(Path);
        for (var i = 0; i < 10_005; i++)
        {
            journal.Append(new($"{i}"));
        }

        journal.Fault.ShouldNotBeNull().ShouldContain("space", Case.Insensitive);
        (journal.Count, journal.Lost).ShouldBe((10_000, 5));
        var taken = new List<string>();
        Drain(journal, taken);
        taken.ShouldBe(Enumerable.Range(5, 10_000).Select(i => $"{i}"));
        journal.Count.ShouldBe(0);
    }

    [Fact]
    public void Others_cannot_read_it()
    {
        using var journal = new Journal<Entry>(Path);
        File.GetUnixFileMode(Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose() => _folder.Dispose();

    private static void Drain(Journal<Entry> journal, List<string> taken)
    {
        while (journal.Peek(7) is { Lines: > 0 } batch)
        {
            journal.Take(batch);
            taken.AddRange(batch.Entries.Select(entry => entry.Text));
        }
    }

    private sealed record Entry(string Text);
}
