namespace McpConsole.Infrastructure.Processes;

/// <summary>How much time one stored sample stands for. Finer ones are kept for less long.</summary>
internal enum SampleStep
{
    Minute,
    Hour,
    Day,
}

internal static class SampleSteps
{
    public static TimeSpan Length(this SampleStep step) => step switch
    {
        SampleStep.Minute => TimeSpan.FromMinutes(1),
        SampleStep.Hour => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };

    public static TimeSpan Keep(this SampleStep step) => step switch
    {
        SampleStep.Minute => TimeSpan.FromHours(24),
        SampleStep.Hour => TimeSpan.FromDays(30),
        _ => TimeSpan.FromDays(365),
    };

    /// <summary>The start of the step that <paramref name="time"/> lies in, counted in UTC.</summary>
    public static DateTimeOffset Floor(this SampleStep step, DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % step.Length().Ticks), TimeSpan.Zero);

    /// <summary>
    /// Samples before this are deleted. It is a whole coarser step, so that what remains of one can always be summed up again.
    /// </summary>
    public static DateTimeOffset PruneBefore(this SampleStep step, DateTimeOffset now) =>
        (step == SampleStep.Minute ? SampleStep.Hour : SampleStep.Day).Floor(now - step.Keep());

    /// <summary>The finest step that is kept for all of a span.</summary>
    public static SampleStep Covering(TimeSpan span) =>
        span <= SampleStep.Minute.Keep() ? SampleStep.Minute : span <= SampleStep.Hour.Keep() ? SampleStep.Hour : SampleStep.Day;
}
