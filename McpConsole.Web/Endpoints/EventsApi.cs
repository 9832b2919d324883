using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using Microsoft.AspNetCore.Mvc;

namespace McpConsole.Web.Endpoints;

/// <summary>What happened to the servers, read or followed.</summary>
internal static class EventsApi
{
    private const int MaximumEvents = 500;

    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/events", ReadAsync).WithTags("Events").WithName("listEvents").WithSummary("List lifecycle events, newest first, or follow them")
            .WithDescription("With stream=true server-sent events, oldest first, from after the given sequence or Last-Event-ID.")
            .Produces<EventsView>().Produces<string>(contentType: "text/event-stream");

    private static async Task<IResult> ReadAsync(
        IServerEventLog events,
        IServerCatalog catalog,
        CancellationToken cancellationToken,
        [Description("The id or name of one server.")] string? server = null,
        int limit = 100,
        [Description("Events before this sequence: the way to page back.")] long? before = null,
        [Description("Follow instead of read.")] bool stream = false,
        [Description("When following: the sequence to go on after.")] long? after = null,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId = null)
    {
        if (limit is < 1 or > MaximumEvents)
        {
            return new Error("events.limit", ErrorKind.Invalid, "Give a limit of 1 to {0}.", MaximumEvents).At("limit").ToProblem();
        }

        // The events of a deleted server are still there, by its id.
        ServerId? id = server is null ? null : catalog.Find(server)?.Id ?? (ServerId.TryParse(server, out var parsed) ? parsed : null);
        if (server is not null && id is null)
        {
            return ServerErrors.NotFound(server).ToProblem();
        }

        if (stream)
        {
            var from = long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : after;
            return new EventStreamResult(FollowAsync(events, id, from));
        }

        var found = await events.ReadAsync(id, limit + 1, before, cancellationToken);
        return TypedResults.Ok(new EventsView([.. found.Take(limit).Select(EventView.Of)], found.Length > limit));
    }

    private static async IAsyncEnumerable<IReadOnlyList<StreamEvent>> FollowAsync(
        IServerEventLog events, ServerId? server, long? after, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var subscription = events.Subscribe();
        if (after is { } from)
        {
            var missed = await MissedAsync(events, server, from, subscription.Initial, cancellationToken);
            yield return [.. missed.Select(ToStream)];
        }

        await foreach (var item in subscription.ReadAllAsync(cancellationToken))
        {
            if (server is null || item.ServerId == server)
            {
                yield return [ToStream(item)];
            }
        }
    }

    // What came after the client's last event and before the subscription: from the database, and from memory what that lacks yet.
    private static async Task<IEnumerable<ServerEvent>> MissedAsync(
        IServerEventLog events, ServerId? server, long after, ImmutableArray<ServerEvent> recent, CancellationToken cancellationToken)
    {
        var stored = await events.ReadAsync(server, MaximumEvents, null, cancellationToken);
        return stored.Concat(recent)
            .Where(e => e.Sequence > after && (server is null || e.ServerId == server))
            .DistinctBy(e => e.Sequence)
            .OrderBy(e => e.Sequence);
    }

    private static StreamEvent ToStream(ServerEvent item) =>
        new(item.Sequence > 0 ? item.Sequence.ToString(CultureInfo.InvariantCulture) : null, null, EventView.Of(item));
}

internal sealed record EventsView(IReadOnlyList<EventView> Items, bool More);

internal sealed record EventView(long Seq, DateTimeOffset Time, string ServerId, string ServerName, ServerEventKind Kind, string Message, Guid? RunId)
{
    public static EventView Of(ServerEvent item) =>
        new(item.Sequence, item.Time, item.ServerId.ToString(), item.ServerName, item.Kind, item.Message, item.RunId);
}
