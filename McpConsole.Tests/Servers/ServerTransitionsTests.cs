using McpConsole.Domain.Servers;

namespace McpConsole.Tests.Servers;

public sealed class ServerTransitionsTests
{
    // One row per state, one column per trigger in their order; a dot is what must not happen.
    private static readonly Dictionary<Lifecycle, string> s_table = new()
    {
        //                        Start     Ready    Stop      Stopped  RunLost     Finished Backoff   GivenUp  Adopted
        [Lifecycle.Stopped] = "    Starting .        .         .        .           .        .         .        Starting",
        [Lifecycle.Starting] = "   .        Running  Stopping  .        BackingOff  Stopped  .         Failed   .",
        [Lifecycle.Running] = "    .        .        Stopping  .        BackingOff  Stopped  .         Failed   .",
        [Lifecycle.Stopping] = "   .        .        .         Stopped  .           .        .         .        .",
        [Lifecycle.BackingOff] = " Starting .        Stopping  .        .           .        Starting  Failed   .",
        [Lifecycle.Failed] = "     Starting .        .         .        .           .        .         .        .",
    };

    public static TheoryData<Lifecycle, LifecycleTrigger, string> Cells
    {
        get
        {
            var data = new TheoryData<Lifecycle, LifecycleTrigger, string>();
            foreach (var (state, row) in s_table)
            {
                var cells = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                foreach (var trigger in Enum.GetValues<LifecycleTrigger>())
                {
                    data.Add(state, trigger, cells[(int)trigger]);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Next_follows_the_table(Lifecycle state, LifecycleTrigger trigger, string expected) =>
        (ServerTransitions.Next(state, trigger)?.ToString() ?? ".").ShouldBe(expected);
}
