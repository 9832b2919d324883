using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Logs;

namespace McpConsole.Tests.Logs;

public sealed class NoteQueueTests
{
    private static readonly Note s_megabyte = new(default(ServerId), LogStream.Console, default, new byte[1024 * 1024]);

    [Fact]
    public void The_intake_is_told_once_until_it_looks()
    {
        var queue = new NoteQueue();
        queue.Add(s_megabyte).ShouldBeTrue();
        queue.Add(s_megabyte).ShouldBeFalse();
        queue.TakeAll().Count().ShouldBe(2);
        queue.Add(s_megabyte).ShouldBeTrue();
    }

    [Fact]
    public void What_does_not_fit_is_left_out_and_counted_until_notes_are_stored()
    {
        var queue = new NoteQueue();
        for (var i = 0; i < 20; i++)
        {
            queue.Add(s_megabyte);
        }

        queue.TakeAll().Count().ShouldBe(16);
        queue.TakeLeftOut().ShouldBe(4);
        queue.TakeLeftOut().ShouldBe(0);

        queue.Add(s_megabyte);
        queue.TakeAll().ShouldBeEmpty("taking is not storing");
        queue.Release(s_megabyte.Text.Length);
        queue.Add(s_megabyte);
        queue.TakeAll().Count().ShouldBe(1);
    }
}
