namespace McpConsole.Domain.Processes;

/// <summary>
/// Decides when a run that ended is followed by the next. A run that answered and then lasted ten seconds, or was killed from outside,
/// was no failed start: the next one starts at once. Failed starts are followed after 1 s, doubling up to 60 s, each ±20 % so that
/// servers that fail together do not start together; more failed starts than the budget within ten minutes end it. A hundred kills in
/// that time are no accident any more (the kernel ends what eats all memory so): from then on each counts as a failed start.
/// </summary>
/// <param name="random">From 0 to 1.</param>
public sealed class RestartBackoff(Func<double> random)
{
    public static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_cap = TimeSpan.FromSeconds(60);
    private const int MaxKills = 100;
    private readonly Queue<DateTimeOffset> _failedStarts = new();
    private readonly Queue<DateTimeOffset> _kills = new();
    private int _inRow;

    /// <summary>Failed starts within the last ten minutes.</summary>
    public int FailedStarts => _failedStarts.Count;

    /// <summary>How long to wait before the next start, from the exit; null when the budget is spent.</summary>
    /// <param name="exitedAt">The time of the exit itself, not of its handling.</param>
    public TimeSpan? Next(RunOutcome outcome, DateTimeOffset exitedAt, int maxRetries)
    {
        var stable = outcome.Answered && outcome.Uptime >= StableAfter;
        if (stable || (outcome.Answered && outcome.KilledFromOutside && Count(_kills, exitedAt) <= MaxKills))
        {
            _inRow = 0;
            return TimeSpan.Zero;
        }

        if (Count(_failedStarts, exitedAt) > maxRetries)
        {
            return null;
        }

        var seconds = Math.Min(s_cap.TotalSeconds, Math.Pow(2, _inRow++));
        return TimeSpan.FromSeconds(seconds * (0.8 + (0.4 * random())));
    }

    /// <summary>Someone started the server: what failed before no longer counts.</summary>
    public void Reset()
    {
        _failedStarts.Clear();
        _kills.Clear();
        _inRow = 0;
    }

    // How many within the window, this one included.
    private static int Count(Queue<DateTimeOffset> times, DateTimeOffset now)
    {
        while (times.TryPeek(out var oldest) && now - oldest >= s_window)
        {
            times.Dequeue();
        }

        times.Enqueue(now);
        return times.Count;
    }
}

/// <param name="Answered">Whether it ever answered MCP.</param>
/// <param name="Uptime">From launch to the exit itself.</param>
/// <param name="KilledFromOutside">Ended by a signal that programs do not raise against themselves.</param>
public readonly record struct RunOutcome(bool Answered, TimeSpan Uptime, bool KilledFromOutside);
