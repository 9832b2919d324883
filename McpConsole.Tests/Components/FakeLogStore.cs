using System.Runtime.CompilerServices;
using System.Threading.Channels;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;

namespace McpConsole.Tests.Components;

/// <summary>A log store that a test writes to; it counts who follows.</summary>
internal sealed class FakeLogStore : ILogStore
{
    private readonly Dictionary<ServerId, List<LogLine>> _lines = [];
    private readonly List<(ServerId Server, Channel<LogBatch> Batches)> _followers = [];

    public int FollowerCount
    {
        get
        {
            lock (_followers)
            {
                return _followers.Count;
            }
        }
    }

    public string? Fault => null;

    /// <summary>What a search reports, step by step.</summary>
    public Channel<LogSearchProgress> Search { get; } = Channel.CreateUnbounded<LogSearchProgress>();

    public void Write(ServerId server, params string[] texts) => Write(server, 0, texts);

    public void Write(ServerId server, long skipped, params string[] texts)
    {
        var lines = _lines.TryGetValue(server, out var known) ? known : _lines[server] = [];
        var first = lines.Count;
        foreach (var text in texts)
        {
            var level = text.StartsWith("error", StringComparison.Ordinal) ? LineLevel.Error : LineLevel.Information;
            lines.Add(new LogLine(lines.Count + 1, DateTimeOffset.UnixEpoch.AddSeconds(lines.Count), LogStream.Stdout, level, text));
        }

        lock (_followers)
        {
            _followers.Where(f => f.Server == server).ToList().ForEach(f => f.Batches.Writer.TryWrite(new LogBatch([.. lines.Skip(first)], skipped)));
        }
    }

    public LogExtent Extent(ServerId server) => _lines.TryGetValue(server, out var lines) ? new(1, lines.Count, 0) : new(0, 0, 0);

    public Task<Result<LogPage>> ReadAsync(ServerId server, LogQuery query, CancellationToken cancellationToken)
    {
        var all = _lines.TryGetValue(server, out var lines) ? lines : [];
        LogLine[] matching = [.. all.Where(l => (query.Before is null || l.Sequence < query.Before) && (query.Text is null || l.Text.Contains(query.Text)))];
        return Task.FromResult<Result<LogPage>>(new LogPage([.. matching.TakeLast(query.Limit)], matching.Length > query.Limit));
    }

    public Task<IReadOnlyList<LogLine>> ReadRangeAsync(ServerId server, long firstSequence, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LogLine>>([.. _lines[server].Where(l => l.Sequence >= firstSequence).Take(count)]);

    public IAsyncEnumerable<LogSearchProgress> SearchAsync(IReadOnlyCollection<ServerId> servers, LogQuery query, CancellationToken cancellationToken) =>
        Search.Reader.ReadAllAsync(cancellationToken);

    public async IAsyncEnumerable<LogBatch> FollowAsync(ServerId server, long? afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var follower = (server, Channel.CreateUnbounded<LogBatch>());
        lock (_followers)
        {
            _followers.Add(follower);
        }

        try
        {
            await foreach (var batch in follower.Item2.Reader.ReadAllAsync(cancellationToken))
            {
                yield return batch;
            }
        }
        finally
        {
            lock (_followers)
            {
                _followers.Remove(follower);
            }
        }
    }

    public Task CopyRawAsync(ServerId server, Stream destination, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<long> ApplyRetentionAsync(CancellationToken cancellationToken) => Task.FromResult(0L);
}
