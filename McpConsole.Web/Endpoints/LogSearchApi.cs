using System.Collections.Immutable;
using System.ComponentModel;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace McpConsole.Web.Endpoints;

/// <summary>Search over the logs of all servers.</summary>
internal static class LogSearchApi
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static void MapLogSearch(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/logs/search", SearchAsync).WithTags("Logs").WithName("searchLogs").WithSummary("Search the logs of all servers, newest first")
            .WithDescription("Ends at the number of lines asked for, or after 30 seconds; complete says whether everything was looked at.");

    private static async Task<Results<Ok<SearchView>, ProblemHttpResult>> SearchAsync(
        [AsParameters] LogFilter filter,
        ILogStore logs,
        IServerCatalog catalog,
        TimeProvider time,
        CancellationToken cancellationToken,
        [Description("Ids or names, parted by commas; left out, all servers.")] string? servers = null)
    {
        var query = filter.ToQuery();
        var (ids, unknown) = Find(servers, catalog);
        if (!query.IsOk || unknown is not null)
        {
            return unknown?.ToProblem() ?? query.Errors.ToProblem();
        }

        var limit = query.Value.Limit;
        var hits = new List<HitView>();
        LogSearchProgress? last = null;
        using var patience = new CancellationTokenSource(s_patience, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var complete = false;
        try
        {
            await foreach (var step in logs.SearchAsync(ids, query.Value, ended.Token))
            {
                last = step;
                hits.AddRange(step.Hits.Select(hit => HitView.Of(hit, catalog)));
                if (hits.Count >= limit)
                {
                    break;
                }
            }

            complete = hits.Count < limit && last is null or { Error: null, Unreadable: [] };
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // What was found in time is the answer.
        }

        // Of a search that took too long, what was found is the answer too.
        if (last?.Error is { Kind: not ErrorKind.Timeout } error)
        {
            return error.ToProblem();
        }

        return TypedResults.Ok(new SearchView([.. hits.Take(limit)], last?.ScannedBytes ?? 0, last?.TotalBytes ?? 0, last?.ReachedBack, complete, [.. last?.Unreadable.Select(id => id.ToString()) ?? []]));
    }

    private static (ImmutableArray<ServerId> Ids, Error? Unknown) Find(string? names, IServerCatalog catalog)
    {
        var ids = ImmutableArray.CreateBuilder<ServerId>();
        foreach (var name in (names ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (catalog.Find(name) is not { } server)
            {
                return ([], ServerErrors.NotFound(name));
            }

            ids.Add(server.Id);
        }

        return (ids.ToImmutable(), null);
    }
}

/// <param name="ReachedBack">The time of the oldest line looked at.</param>
/// <param name="Unreadable">The ids of servers whose logs cannot be read.</param>
internal sealed record SearchView(IReadOnlyList<HitView> Hits, long ScannedBytes, long TotalBytes, DateTimeOffset? ReachedBack, bool Complete, IReadOnlyList<string> Unreadable);

internal sealed record HitView(string ServerId, string? ServerName, LineView Line)
{
    public static HitView Of(LogHit hit, IServerCatalog catalog) => new(hit.Server.ToString(), catalog.Find(hit.Server)?.Name, LineView.Of(hit.Line));
}
