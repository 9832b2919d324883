using System.Collections.Immutable;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Results;

namespace McpConsole.Domain.Jobs;

/// <summary>The scheduled jobs, as the Jobs page shows and triggers them.</summary>
public interface IJobBoard
{
    Task<Result<ImmutableArray<JobStatus>>> ListAsync(CancellationToken cancellationToken);

    Task<Result<Done>> RunNowAsync(string job, Actor actor, CancellationToken cancellationToken);

    Task<Result<Done>> PauseAsync(string job, Actor actor, CancellationToken cancellationToken);

    Task<Result<Done>> ResumeAsync(string job, Actor actor, CancellationToken cancellationToken);
}

/// <param name="Name">Stable, kebab case: <c>health-sweep</c>; also the key of its translated title.</param>
/// <param name="Interval">The time from one run to the next.</param>
public sealed record JobStatus(
    string Name,
    TimeSpan Interval,
    bool Paused,
    bool IsRunning,
    DateTimeOffset? NextRun,
    DateTimeOffset? LastRun,
    TimeSpan? LastDuration,
    JobOutcome? LastOutcome,
    string? LastMessage);

public enum JobOutcome
{
    Succeeded,
    Failed,
    Cancelled,
}
