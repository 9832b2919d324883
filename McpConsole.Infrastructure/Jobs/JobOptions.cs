using System.ComponentModel.DataAnnotations;

namespace McpConsole.Infrastructure.Jobs;

/// <summary>When the console's own jobs run.</summary>
public sealed class JobOptions
{
    public const string SectionName = "Jobs";

    /// <summary>
    /// The time between two sweeps over the health of all servers. Each server's supervision looks at its own more often, and without the
    /// database; the sweep is the second look that does not depend on it.
    /// </summary>
    /// <value>Five minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Jobs:HealthSweep must be between one second and one day.")]
    public TimeSpan HealthSweep { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The time between two clean-ups of the logs, and of the database.</summary>
    /// <value>One hour.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Jobs:CleanUp must be between one second and one day.")]
    public TimeSpan CleanUp { get; set; } = TimeSpan.FromHours(1);
}
