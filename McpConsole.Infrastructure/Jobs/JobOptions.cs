using System.ComponentModel.DataAnnotations;

namespace McpConsole.Infrastructure.Jobs;

/// <summary>When the console's own jobs run. The health sweep keeps the interval of supervision.</summary>
public sealed class JobOptions
{
    public const string SectionName = "Jobs";

    /// <summary>The time between two clean-ups of the logs, and of the database.</summary>
    /// <value>One hour.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Jobs:CleanUp must be between one second and one day.")]
    public TimeSpan CleanUp { get; set; } = TimeSpan.FromHours(1);
}
