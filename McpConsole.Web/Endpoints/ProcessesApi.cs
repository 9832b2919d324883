using System.ComponentModel;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace McpConsole.Web.Endpoints;

/// <summary>The processes behind the servers: what they use, and how earlier ones ended.</summary>
internal static class ProcessesApi
{
    private const int MaximumMinutes = 60 * 24 * 365;
    private const int MaximumRuns = 500;

    public static void MapProcesses(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/processes").WithTags("Processes").AddEndpointFilter(ServerRef.AnswerUnknownServers);
        group.MapGet("", List).WithName("listProcesses").WithSummary("List live processes");
        group.MapGet("/{id}", Get).WithName("getProcess").WithSummary("Get a server's process")
            .WithDescription("For a server that has none, pid and what belongs to it are null.");
        group.MapGet("/{id}/metrics", GetMetricsAsync).WithName("getProcessMetrics").WithSummary("Get samples of CPU and memory, oldest first");
        group.MapGet("/{id}/runs", GetRunsAsync).WithName("listRuns").WithSummary("List a server's runs, newest first");
    }

    private static Results<Ok<PageOf<ProcessView>>, ProblemHttpResult> List(
        IServerCatalog catalog, ILaunchPreview preview, TimeProvider time, [AsParameters] Paging paging) =>
        paging.Errors is { IsEmpty: false } errors
            ? errors.ToProblem()
            : TypedResults.Ok(paging.Cut([.. catalog.All.Where(s => s.Run is not null)], s => ProcessView.Of(s, preview, time)));

    private static Ok<ProcessView> Get(ServerRef server, ILaunchPreview preview, TimeProvider time) =>
        TypedResults.Ok(ProcessView.Of(server.Snapshot, preview, time));

    private static async Task<Results<Ok<IReadOnlyList<SampleView>>, ProblemHttpResult>> GetMetricsAsync(
        ServerRef server,
        IResourceHistory history,
        CancellationToken cancellationToken,
        [Description("How far back.")] int minutes = 60)
    {
        if (minutes is < 1 or > MaximumMinutes)
        {
            return new Error("metrics.minutes", ErrorKind.Invalid, "Give 1 to {0} minutes.", MaximumMinutes).At("minutes").ToProblem();
        }

        var samples = await history.ReadAsync(server.Id, TimeSpan.FromMinutes(minutes), cancellationToken);
        return TypedResults.Ok<IReadOnlyList<SampleView>>([.. samples.Select(s => new SampleView(s.Time, s.CpuPercent, s.RssBytes))]);
    }

    private static async Task<Results<Ok<IReadOnlyList<RunView>>, ProblemHttpResult>> GetRunsAsync(
        ServerRef server, IRunStore runs, CancellationToken cancellationToken, int limit = 50)
    {
        if (limit is < 1 or > MaximumRuns)
        {
            return new Error("runs.limit", ErrorKind.Invalid, "Give a limit of 1 to {0}.", MaximumRuns).At("limit").ToProblem();
        }

        var found = await runs.ReadAsync(server.Id, limit, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<RunView>>([.. found.Select(RunView.Of)]);
    }
}

/// <param name="CpuPercent">Of one core, over the whole process group.</param>
/// <param name="Command">One line for a shell, without secrets.</param>
internal sealed record ProcessView(
    string ServerId,
    string ServerName,
    Guid? RunId,
    int? Pid,
    DateTimeOffset? StartedAt,
    double? UptimeSeconds,
    int RestartCount,
    double? CpuPercent,
    long? RssBytes,
    int? Threads,
    int? OpenFiles,
    string? Command)
{
    public static ProcessView Of(ServerSnapshot server, ILaunchPreview preview, TimeProvider time) => new(
        server.Id.ToString(),
        server.Name,
        server.Run?.RunId,
        server.Run?.Pid,
        server.Run?.StartedAt,
        server.Run is { } run ? Math.Max(0, (time.GetUtcNow() - run.StartedAt).TotalSeconds) : null,
        server.RestartCount,
        server.Resources?.CpuPercent,
        server.Resources?.RssBytes,
        server.Resources?.Threads,
        server.Resources?.OpenFiles,
        preview.Preview(server.Definition) is { } plan ? ShellLine.Format(plan) : null);
}

internal sealed record SampleView(DateTimeOffset Time, double CpuPercent, long RssBytes);

/// <param name="Exit">Null while it lives.</param>
internal sealed record RunView(Guid RunId, int Pid, DateTimeOffset StartedAt, int? Port, bool Adopted, string Command, ExitView? Exit)
{
    public static RunView Of(RunRecord record) => new(
        record.Run.RunId,
        record.Run.Pid,
        record.Run.StartedAt,
        record.Run.Port,
        record.Run.Adopted,
        record.CommandLine,
        ExitView.Of(record.Exit));
}
