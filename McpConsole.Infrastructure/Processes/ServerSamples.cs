using System.Collections.Immutable;
using McpConsole.Domain.Processes;

namespace McpConsole.Infrastructure.Processes;

/// <summary>One server's last hour of samples, and the mean of the minute that is under way. Thread-safe.</summary>
internal sealed class ServerSamples
{
    // One hour, two seconds apart.
    private const int Capacity = 1800;

    private readonly Lock _lock = new();
    private readonly Queue<(DateTimeOffset Minute, SampleAverage Average)> _finished = new();
    private ResourceSample[] _ring = new ResourceSample[64];
    private int _next;
    private int _count;
    private DateTimeOffset _minute;
    private SampleAverage _average;

    public void Add(ResourceSample sample)
    {
        lock (_lock)
        {
            if (_count == _ring.Length && _ring.Length < Capacity)
            {
                _ring = [.. Last(_count), .. new ResourceSample[Math.Min(_ring.Length, Capacity - _ring.Length)]];
                _next = _count;
            }

            _ring[_next] = sample;
            _next = (_next + 1) % _ring.Length;
            _count = Math.Min(_count + 1, _ring.Length);
            var minute = SampleStep.Minute.Floor(sample.Time);
            Finish(minute);
            _minute = minute;
            _average = _average.Merge(SampleAverage.Of(sample));
        }
    }

    /// <summary>Oldest first.</summary>
    public ImmutableArray<ResourceSample> Recent(int count)
    {
        lock (_lock)
        {
            return [.. Last(Math.Min(count, _count))];
        }
    }

    /// <summary>Takes the means of the minutes that ended before <paramref name="now"/>.</summary>
    public ImmutableArray<(DateTimeOffset Minute, SampleAverage Average)> TakeFinished(DateTimeOffset now)
    {
        lock (_lock)
        {
            Finish(SampleStep.Minute.Floor(now));
            var finished = _finished.ToImmutableArray();
            _finished.Clear();
            return finished;
        }
    }

    private void Finish(DateTimeOffset minute)
    {
        if (_average.Count > 0 && minute != _minute)
        {
            _finished.Enqueue((_minute, _average));
            _average = default;
        }
    }

    private IEnumerable<ResourceSample> Last(int count)
    {
        for (var i = count; i > 0; i--)
        {
            yield return _ring[(_next - i + _ring.Length) % _ring.Length];
        }
    }
}
