using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;
using Microsoft.AspNetCore.Mvc;

namespace McpConsole.Web.Endpoints;

/// <summary>A server's log: read, followed, downloaded.</summary>
internal static class LogsApi
{
    public static void MapLogs(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/processes/{id}/logs").WithTags("Logs").AddEndpointFilter(ServerRef.AnswerUnknownServers);
        group.MapGet("", ReadAsync).WithName("readLog").WithSummary("Read a server's log: the newest lines that match, oldest first")
            .WithDescription("With Accept: text/plain, or download=true, the whole log as it stands on disk.")
            .Produces<LogPageView>().Produces<string>(contentType: "text/plain");
        group.MapGet("/stream", Follow).WithName("followLog").WithSummary("Follow a server's log as server-sent events")
            .WithDescription("Each event's id is the line's sequence; an event «skipped» says how many lines a slow reader missed.");
    }

    private static async Task<IResult> ReadAsync(
        ServerRef server, [AsParameters] LogFilter filter, ILogStore logs, HttpContext context, CancellationToken cancellationToken,
        [Description("The raw log as a file.")] bool download = false)
    {
        if (download || PrefersText(context.Request))
        {
            var name = download ? $"{server.Snapshot.Name}.log" : null;
            return TypedResults.Stream(to => logs.CopyRawAsync(server.Id, to, cancellationToken), "text/plain; charset=utf-8", name);
        }

        var query = filter.ToQuery();
        return query.IsOk
            ? (await logs.ReadAsync(server.Id, query.Value, cancellationToken)).ToOk(LogPageView.Of)
            : query.Errors.ToProblem();
    }

    private static EventStreamResult Follow(
        ServerRef server,
        ILogStore logs,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId = null,
        [Description("The sequence to go on after; left out, only what comes from now on.")] long? after = null)
    {
        var from = long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : after;
        return new EventStreamResult(FollowAsync(logs, server.Id, from));
    }

    private static async IAsyncEnumerable<IReadOnlyList<StreamEvent>> FollowAsync(
        ILogStore logs, ServerId server, long? after, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var batch in logs.FollowAsync(server, after, cancellationToken))
        {
            var lines = batch.Lines.Select(line =>
                new StreamEvent(line.Sequence.ToString(CultureInfo.InvariantCulture), null, LineView.Of(line)));
            yield return batch.Skipped > 0 ? [new StreamEvent(null, "skipped", new SkippedView(batch.Skipped)), .. lines] : [.. lines];
        }
    }

    private static bool PrefersText(HttpRequest request) =>
        request.GetTypedHeaders().Accept.OrderByDescending(a => a.Quality ?? 1).FirstOrDefault() is { MediaType.Value: "text/plain" };
}

internal sealed record LogPageView(IReadOnlyList<LineView> Lines, bool More)
{
    public static LogPageView Of(LogPage page) => new([.. page.Lines.Select(LineView.Of)], page.More);
}

/// <param name="Continued">Whether the line was longer than the limit and goes on in the next one.</param>
internal sealed record LineView(long Seq, DateTimeOffset Time, LogStream Stream, LineLevel Level, string Text, bool Continued)
{
    public static LineView Of(LogLine line) => new(line.Sequence, line.Time, line.Stream, line.Level, line.Text, line.Continued);
}

internal sealed record SkippedView(long Lines);
