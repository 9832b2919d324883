using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Web.State;

namespace McpConsole.Web.Logs;

/// <summary>
/// Follows the logs of some servers under one filter. While it follows, the rows are the newest ones; once it is paused they stand still,
/// so that what is being read is never moved, and what arrives meanwhile is counted.
/// </summary>
internal sealed class LogViewPresenter(ILogStore logs, TimeProvider time, Dispatch dispatch) : IAsyncDisposable
{
    /// <summary>Rows kept for one view; older ones are read again from the store.</summary>
    public const int Capacity = 10_000;

    private const int FirstPage = 1_000;

    private readonly List<LogRow> _live = [];
    private ImmutableArray<LogRow> _still = [];
    private ImmutableArray<ServerId> _servers = [];
    private LogQuery _query = new();
    private LineMatcher? _matcher;
    private LiveFeed? _feed;

    public bool IsPaused { get; private set; }

    public bool IsLoading { get; private set; }

    /// <summary>Lines that arrived since the pause.</summary>
    public long Waiting { get; private set; }

    /// <summary>Whether the store has older lines that match.</summary>
    public bool HasOlder { get; private set; }

    public ImmutableArray<Error> Errors { get; private set; } = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<LogRow> Rows => IsPaused ? _still : _live;

    /// <summary>Shows the newest lines that match, then follows. Replaces what was shown before.</summary>
    public async Task ShowAsync(ImmutableArray<ServerId> servers, LogQuery query, CancellationToken cancellationToken)
    {
        await StopAsync();
        (_servers, _query) = (servers, query);
        _live.Clear();
        (_still, Waiting, HasOlder, Errors, IsPaused) = ([], 0, false, [], false);
        var matcher = LineMatcher.Create(query);
        if (!matcher.TryGet(out _matcher, out var error))
        {
            Errors = [error];
            return;
        }

        IsLoading = true;
        var from = servers.ToDictionary(server => server, server => logs.Extent(server).LastSequence);
        _live.AddRange(await ReadBeforeAsync(from.ToDictionary(entry => entry.Key, entry => entry.Value + 1), cancellationToken));
        IsLoading = false;
        _feed = LiveFeed.Start(stop => FollowAllAsync(from, stop), time, dispatch, Apply);
    }

    public void Pause()
    {
        if (!IsPaused)
        {
            (IsPaused, _still, Waiting) = (true, [.. _live], 0);
        }
    }

    public void Resume() => (IsPaused, _still, Waiting) = (false, [], 0);

    public void Clear()
    {
        _live.Clear();
        _still = [];
    }

    /// <summary>Puts older lines from the store above the rows; the view stands still from then on.</summary>
    public async Task LoadOlderAsync(CancellationToken cancellationToken)
    {
        Pause();
        var oldest = _servers.ToDictionary(
            server => server,
            server => _still.FirstOrDefault(row => row.Server == server && row.Line is not null)?.Line!.Sequence ?? (logs.Extent(server).LastSequence + 1));
        var older = await ReadBeforeAsync(oldest, cancellationToken);
        _still = [.. older, .. _still];
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task StopAsync()
    {
        if (_feed is { } feed)
        {
            _feed = null;
            await feed.DisposeAsync();
        }
    }

    private async Task<IReadOnlyList<LogRow>> ReadBeforeAsync(Dictionary<ServerId, long> before, CancellationToken cancellationToken)
    {
        var rows = new List<LogRow>();
        HasOlder = false;
        foreach (var (server, sequence) in before)
        {
            var result = await logs.ReadAsync(server, _query with { Before = sequence, Limit = FirstPage / before.Count }, cancellationToken);
            if (result.TryGet(out var page, out var error))
            {
                rows.AddRange(page.Lines.Select(line => new LogRow(server, line)));
                HasOlder |= page.More;
            }
            else
            {
                Errors = [error];
            }
        }

        return before.Count == 1 ? rows : [.. rows.OrderBy(row => row.Line!.Time)];
    }

    // One stream of all servers, so that the page renders once per batch and not once per server. The channel is small and waits when it
    // is full: the store then skips ahead for this follower, and says so.
    private async IAsyncEnumerable<(ServerId Server, LogBatch Batch)> FollowAllAsync(
        Dictionary<ServerId, long> after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var merged = Channel.CreateBounded<(ServerId, LogBatch)>(new BoundedChannelOptions(16) { SingleReader = true });
        var copying = CopyAllAsync(after, merged.Writer, ending.Token);
        try
        {
            await foreach (var item in merged.Reader.ReadAllAsync(cancellationToken))
            {
                yield return item;
            }
        }
        finally
        {
            // No follower of the store outlives this one.
            await ending.CancelAsync();
            await copying;
        }
    }

    // A fault reaches the reader through the channel.
    private async Task CopyAllAsync(Dictionary<ServerId, long> after, ChannelWriter<(ServerId, LogBatch)> writer, CancellationToken cancellationToken)
    {
        var copies = Task.WhenAll(after.Select(entry => CopyAsync(entry.Key, entry.Value, writer, cancellationToken)));
        await copies.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        writer.TryComplete(copies.Exception?.InnerException);
    }

    private async Task CopyAsync(ServerId server, long after, ChannelWriter<(ServerId, LogBatch)> writer, CancellationToken cancellationToken)
    {
        await foreach (var batch in logs.FollowAsync(server, after, cancellationToken))
        {
            await writer.WriteAsync((server, batch), cancellationToken);
        }
    }

    private void Apply(IReadOnlyList<(ServerId Server, LogBatch Batch)> batches)
    {
        var before = _live.Count;
        foreach (var (server, batch) in batches)
        {
            if (batch.Skipped > 0)
            {
                _live.Add(new LogRow(server, null, batch.Skipped));
            }

            _live.AddRange(batch.Lines.Where(_matcher!.Matches).Select(line => new LogRow(server, line)));
        }

        Waiting += IsPaused ? _live.Count - before : 0;
        if (_live.Count > Capacity)
        {
            _live.RemoveRange(0, _live.Count - Capacity);
        }
    }
}
