using System.Collections.Immutable;
using System.Threading.Channels;

namespace McpConsole.Domain.State;

/// <summary>Fans values out to followers, each behind a bounded channel that drops the oldest. Thread-safe; publishing never waits.</summary>
public sealed class Broadcast<T>(int capacity = 1024)
{
    private readonly Lock _lock = new();
    private ImmutableArray<Follower> _followers = [];

    /// <summary>The number of live subscriptions: a disposed page must leave none.</summary>
    public int FollowerCount => _followers.Length;

    /// <summary>Publishes what <paramref name="change"/> makes of the state, under the lock that <see cref="Subscribe"/> takes.</summary>
    public void Publish(Func<T> change)
    {
        lock (_lock)
        {
            var value = change();
            foreach (var follower in _followers)
            {
                follower.Write(value);
            }
        }
    }

    public void Publish(T value) => Publish(() => value);

    /// <summary>Takes the current state and starts to follow, in one step.</summary>
    public ISubscription<T> Subscribe(Func<ImmutableArray<T>> current)
    {
        lock (_lock)
        {
            var follower = new Follower(this, current(), capacity);
            _followers = _followers.Add(follower);
            return follower;
        }
    }

    private void Remove(Follower follower)
    {
        lock (_lock)
        {
            _followers = _followers.Remove(follower);
        }
    }

    private sealed class Follower : ISubscription<T>
    {
        private readonly Broadcast<T> _owner;
        private readonly Channel<T> _channel;
        private long _dropped;

        public Follower(Broadcast<T> owner, ImmutableArray<T> initial, int capacity)
        {
            (_owner, Initial) = (owner, initial);
            var options = new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
            _channel = Channel.CreateBounded<T>(options, _ => Interlocked.Increment(ref _dropped));
        }

        public ImmutableArray<T> Initial { get; }

        public long Dropped => Interlocked.Read(ref _dropped);

        public void Write(T value) => _channel.Writer.TryWrite(value);

        public IAsyncEnumerable<T> ReadAllAsync(CancellationToken cancellationToken = default) => _channel.Reader.ReadAllAsync(cancellationToken);

        public void Dispose()
        {
            _owner.Remove(this);
            _channel.Writer.TryComplete();
        }
    }
}
