using McpConsole.Domain.Processes;

namespace McpConsole.Tests.Processes;

public sealed class RestartBackoffTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RunOutcome s_failedStart = new(Answered: false, TimeSpan.Zero, KilledFromOutside: false);

    [Fact]
    public void Failed_starts_wait_twice_as_long_each_up_to_a_minute()
    {
        var backoff = new RestartBackoff(() => 0.5);
        var at = s_start;
        Enumerable.Range(0, 8).Select(_ => backoff.Next(s_failedStart, at, 100)!.Value.TotalSeconds).ShouldBe([1, 2, 4, 8, 16, 32, 60, 60]);
    }

    [Theory]
    [InlineData(0.0, 0.8)]
    [InlineData(1.0, 1.2)]
    public void Delays_differ_by_a_fifth(double random, double seconds) =>
        new RestartBackoff(() => random).Next(s_failedStart, s_start, 10)!.Value.TotalSeconds.ShouldBe(seconds, 0.001);

    [Theory]
    [InlineData(true, 10, false, true)]
    [InlineData(true, 9.9, false, false)]
    [InlineData(true, 0.1, true, true)]
    [InlineData(false, 60, false, false)]
    [InlineData(false, 60, true, false)]
    public void A_run_that_worked_is_followed_at_once(bool answered, double uptime, bool killed, bool atOnce) =>
        (new RestartBackoff(() => 0.5).Next(new RunOutcome(answered, TimeSpan.FromSeconds(uptime), killed), s_start, 10) == TimeSpan.Zero).ShouldBe(atOnce);

    [Fact]
    public void The_budget_ends_it()
    {
        var backoff = new RestartBackoff(() => 0.5);
        for (var i = 0; i < 10; i++)
        {
            backoff.Next(s_failedStart, s_start.AddSeconds(i), 10).ShouldNotBeNull();
        }

        backoff.Next(s_failedStart, s_start.AddSeconds(10), 10).ShouldBeNull();
        backoff.FailedStarts.ShouldBe(11);
    }

    [Fact]
    public void What_failed_ten_minutes_ago_no_longer_counts()
    {
        var backoff = new RestartBackoff(() => 0.5);
        backoff.Next(s_failedStart, s_start, 1).ShouldNotBeNull();
        backoff.Next(s_failedStart, s_start.AddMinutes(10), 1).ShouldNotBeNull();
        backoff.Next(s_failedStart, s_start.AddMinutes(19), 1).ShouldBeNull();
    }

    [Fact]
    public void A_stable_run_makes_delays_short_again()
    {
        var backoff = new RestartBackoff(() => 0.5);
        backoff.Next(s_failedStart, s_start, 10);
        backoff.Next(s_failedStart, s_start, 10);
        backoff.Next(new RunOutcome(true, TimeSpan.FromMinutes(1), false), s_start, 10);
        backoff.Next(s_failedStart, s_start, 10)!.Value.TotalSeconds.ShouldBe(1);
    }

    [Fact]
    public void Being_killed_over_and_over_counts_as_failing()
    {
        var backoff = new RestartBackoff(() => 0.5);
        var killed = new RunOutcome(Answered: true, TimeSpan.FromSeconds(1), KilledFromOutside: true);
        for (var i = 0; i < 100; i++)
        {
            backoff.Next(killed, s_start.AddSeconds(i), 1).ShouldBe(TimeSpan.Zero);
        }

        backoff.Next(killed, s_start.AddSeconds(100), 1).ShouldBe(TimeSpan.FromSeconds(1));
        backoff.Next(killed, s_start.AddSeconds(101), 1).ShouldBeNull();
    }

    [Fact]
    public void Zero_retries_give_up_at_the_first_failure() => new RestartBackoff(() => 0.5).Next(s_failedStart, s_start, 0).ShouldBeNull();
}
