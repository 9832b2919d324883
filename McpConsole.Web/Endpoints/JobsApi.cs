using System.Collections.Immutable;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace McpConsole.Web.Endpoints;

/// <summary>The scheduled jobs.</summary>
internal static class JobsApi
{
    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/jobs").WithTags("Jobs");
        group.MapGet("", ListAsync).WithName("listJobs").WithSummary("List scheduled jobs");

        var change = group.MapGroup("").RequireAuthorization(Policies.Operate);
        change.MapPost("/{job}/run", RunAsync).WithName("runJob").WithSummary("Run a job now");
        change.MapPost("/{job}/pause", PauseAsync).WithName("pauseJob").WithSummary("Pause a job");
        change.MapPost("/{job}/resume", ResumeAsync).WithName("resumeJob").WithSummary("Resume a job");
    }

    private static async Task<Results<Ok<ImmutableArray<JobStatus>>, ProblemHttpResult>> ListAsync(IJobBoard jobs, CancellationToken cancellationToken) =>
        (await jobs.ListAsync(cancellationToken)).ToOk(list => list);

    private static async Task<Results<NoContent, ProblemHttpResult>> RunAsync(
        string job, IJobBoard jobs, Caller caller, CancellationToken cancellationToken) =>
        (await jobs.RunNowAsync(job, caller.Actor, cancellationToken)).ToNoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> PauseAsync(
        string job, IJobBoard jobs, Caller caller, CancellationToken cancellationToken) =>
        (await jobs.PauseAsync(job, caller.Actor, cancellationToken)).ToNoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> ResumeAsync(
        string job, IJobBoard jobs, Caller caller, CancellationToken cancellationToken) =>
        (await jobs.ResumeAsync(job, caller.Actor, cancellationToken)).ToNoContent();
}
