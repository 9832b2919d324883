using System.Text;
using McpConsole.Infrastructure.Processes;

namespace McpConsole.Tests.Processes;

public sealed class ProcessStatTests
{
    [Theory]
    [InlineData("node")]
    [InlineData("a) R 1 1 1 (b")]
    [InlineData("two words")]
    public void A_name_may_hold_anything(string name)
    {
        var line = $"42 ({name}) S 7 8 9 0 -1 4194560 1 0 0 0 30 12 0 0 20 0 5 0 987654 18446744073709551615 321 18446744073709551615 1";
        var stat = ProcessStat.Parse(42, Encoding.ASCII.GetBytes(line))!.Value;
        stat.ShouldBe(new ProcessStat(42, 'S', 7, 8, 9, 42, 5, 987654, 321));
    }

    [Fact]
    public void The_present_process_is_found()
    {
        var stat = ProcessStat.Read(Environment.ProcessId)!.Value;
        stat.IsZombie.ShouldBeFalse();
        stat.RssPages.ShouldBeGreaterThan(1000);
        ProcessTable.Pids.ShouldContain(Environment.ProcessId);
        ProcessTable.IsAlive(stat.Pid, stat.StartTicks).ShouldBeTrue();
        ProcessTable.IsAlive(stat.Pid, stat.StartTicks + 1).ShouldBeFalse();
    }

    [Fact]
    public void A_missing_process_is_none() => ProcessStat.Read(int.MaxValue).ShouldBeNull();
}
