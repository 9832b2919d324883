using System.Collections.Concurrent;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Servers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpConsole.Infrastructure.Processes;

/// <summary>Measures every server's process group in one pass over /proc.</summary>
internal sealed partial class ResourceSampler(IResourceHistory history, IOptions<SupervisionOptions> options, TimeProvider time, ILogger<ResourceSampler> logger)
    : BackgroundService
{
    private const int ClockTicks = 2;
    private static readonly double s_ticksPerSecond = Libc.SystemConfiguration(ClockTicks);
    private readonly ConcurrentDictionary<int, Watched> _watched = new();
    private Dictionary<int, (long Start, long Ticks)> _ticks = [];
    private long _lastPass;

    /// <summary>Measures the session that <paramref name="leader"/> leads, until disposed. A server's sessions are summed up.</summary>
    /// <param name="sampled">Told of each sample of the server; must not block.</param>
    public IDisposable Watch(ServerId server, int leader, Action<ResourceSample> sampled)
    {
        var watched = new Watched(this, server, leader, sampled);
        _watched[leader] = watched;
        return watched;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SampleInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                Sample();
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Supervision does not depend on samples: the next pass may do better.
                LogPassFailed(fault);
            }
        }
    }

    /// <summary>One pass. The first one of a process has no time before it: it counts as no load.</summary>
    internal void Sample()
    {
        if (_watched.IsEmpty)
        {
            return;
        }

        var elapsed = _lastPass == 0 ? TimeSpan.Zero : time.GetElapsedTime(_lastPass);
        _lastPass = time.GetTimestamp();
        var ticks = new Dictionary<int, (long Start, long Ticks)>(_ticks.Count);
        foreach (var pid in ProcessTable.Pids)
        {
            if (ProcessStat.Read(pid) is { IsZombie: false } stat && _watched.TryGetValue(stat.Session, out var group))
            {
                ticks[pid] = (stat.StartTicks, stat.CpuTicks);
                var before = _ticks.TryGetValue(pid, out var last) && last.Start == stat.StartTicks ? last.Ticks : stat.CpuTicks;
                group.Add(stat, stat.CpuTicks - before);
            }
        }

        _ticks = ticks;
        foreach (var server in _watched.Values.ToLookup(group => group.Server))
        {
            if (server.Select(group => group.Take(time.GetUtcNow(), elapsed)).OfType<ResourceSample>().ToList() is [var first, .. var rest])
            {
                var sum = rest.Aggregate(first, Add);
                history.Append(server.Key, sum);
                server.First().Sampled(sum);
            }
        }
    }

    private static ResourceSample Add(ResourceSample a, ResourceSample b) => new(
        a.Time, a.CpuPercent + b.CpuPercent, a.RssBytes + b.RssBytes, a.Threads + b.Threads, a.OpenFiles + b.OpenFiles, a.Processes + b.Processes);

    [LoggerMessage(1520, LogLevel.Warning, "Resources could not be measured this time.")]
    private partial void LogPassFailed(Exception fault);

    private sealed class Watched(ResourceSampler owner, ServerId server, int leader, Action<ResourceSample> sampled) : IDisposable
    {
        private long _ticks;
        private long _pages;
        private int _threads;
        private int _files;
        private int _processes;

        public ServerId Server => server;

        public Action<ResourceSample> Sampled => sampled;

        public void Add(ProcessStat stat, long ticks)
        {
            _ticks += ticks;
            _pages += stat.RssPages;
            _threads += stat.Threads;
            _files += ProcessTable.CountOpenFiles(stat.Pid);
            _processes++;
        }

        public ResourceSample? Take(DateTimeOffset now, TimeSpan elapsed)
        {
            var percent = elapsed > TimeSpan.Zero ? 100 * _ticks / s_ticksPerSecond / elapsed.TotalSeconds : 0;
            var sample = _processes == 0
                ? null
                : new ResourceSample(now, Math.Round(percent, 1), _pages * Environment.SystemPageSize, _threads, _files, _processes);
            (_ticks, _pages, _threads, _files, _processes) = (0, 0, 0, 0, 0);
            return sample;
        }

        public void Dispose() => owner._watched.TryRemove(new KeyValuePair<int, Watched>(leader, this));
    }
}
