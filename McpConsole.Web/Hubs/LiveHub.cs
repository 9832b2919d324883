using System.Runtime.CompilerServices;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;
using McpConsole.Domain.State;
using McpConsole.Web.Endpoints;
using McpConsole.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace McpConsole.Web.Hubs;

/// <summary>
/// The live state for other programs, at <c>/hubs/live</c>, as SignalR streams. Every method decides for itself who may read, by the id
/// asked for, and a stream ends when its reader's session or token does.
/// </summary>
[Authorize(Policies.View)]
internal sealed class LiveHub(
    IServerCatalog catalog, ILogStore logs, IServerEventLog events, Standing standing, TimeProvider time, IHostApplicationLifetime lifetime) : Hub
{
    private static readonly TimeSpan s_batch = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// All servers, then batches of the ones that changed; a deleted one comes once with <c>deleted</c> set. A reader who was too slow for
    /// some change gets all servers again.
    /// </summary>
    public IAsyncEnumerable<ServersMessage> Servers(CancellationToken cancellationToken) => GuardAsync(ServersAsync, cancellationToken);

    /// <summary>The lines of one server's log from after <paramref name="after"/>; null: from now on.</summary>
    /// <param name="server">Its id or name.</param>
    /// <param name="after">A sequence.</param>
    public IAsyncEnumerable<LogMessage> Logs(string server, long? after, CancellationToken cancellationToken)
    {
        var id = catalog.Find(server)?.Id ?? throw new HubException(ServerErrors.NotFound(server).Message);
        return GuardAsync(token => LogsAsync(id, after, token), cancellationToken);
    }

    /// <summary>Lifecycle events from now on.</summary>
    public IAsyncEnumerable<IReadOnlyList<EventView>> Events(CancellationToken cancellationToken) => GuardAsync(EventsAsync, cancellationToken);

    private async IAsyncEnumerable<ServersMessage> ServersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var subscription = catalog.Subscribe();
        yield return new ServersMessage([.. subscription.Initial.Select(LiveServer.Of)], Snapshot: true);
        var known = 0L;
        await foreach (var batch in subscription.ReadAllAsync(cancellationToken).InBatchesAsync(s_batch, time, cancellationToken: cancellationToken))
        {
            // Counted before the servers are read: what is dropped after that is seen with the next batch.
            var dropped = subscription.Dropped;
            var servers = dropped == known ? batch.GroupBy(s => s.Id).Select(changes => changes.Last()) : catalog.All;
            yield return new ServersMessage([.. servers.Select(LiveServer.Of)], Snapshot: dropped != known);
            known = dropped;
        }
    }

    private async IAsyncEnumerable<LogMessage> LogsAsync(ServerId server, long? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in logs.FollowAsync(server, after, cancellationToken))
        {
            yield return new LogMessage([.. batch.Lines.Select(LineView.Of)], batch.Skipped);
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<EventView>> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var subscription = events.Subscribe();
        await foreach (var batch in subscription.ReadAllAsync(cancellationToken).InBatchesAsync(s_batch, time, cancellationToken: cancellationToken))
        {
            yield return [.. batch.Select(EventView.Of)];
        }
    }

    private async IAsyncEnumerable<T> GuardAsync<T>(
        Func<CancellationToken, IAsyncEnumerable<T>> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var context = Context.GetHttpContext() ?? throw new HubException("The connection has no request.");
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Context.ConnectionAborted, lifetime.ApplicationStopping);
        var watch = WatchAsync(context, ended);
        try
        {
            await foreach (var item in source(ended.Token))
            {
                yield return item;
            }
        }
        finally
        {
            await ended.CancelAsync();
            await watch;
        }
    }

    private async Task WatchAsync(HttpContext context, CancellationTokenSource ended)
    {
        using var timer = new PeriodicTimer(Standing.Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended.Token) && await standing.HoldsAsync(context, ended.Token))
            {
                // Still allowed.
            }

            await ended.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The stream ended first.
        }
    }
}
