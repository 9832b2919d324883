using System.Collections.Immutable;
using McpConsole.Domain.State;

namespace McpConsole.Tests.State;

public sealed class BroadcastTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_follower_gets_the_state_and_every_change_after_it_once()
    {
        const int Total = 20_000;
        var broadcast = new Broadcast<int>(Total);
        var state = ImmutableArray<int>.Empty;
        var publisher = Task.Run(
            () =>
            {
                for (var i = 0; i < Total; i++)
                {
                    broadcast.Publish(() =>
                    {
                        state = state.Length < 64 ? state.Add(i) : state.RemoveAt(0).Add(i);
                        return i;
                    });
                }
            },
            Cancellation);

        using var subscription = broadcast.Subscribe(() => state);
        var next = subscription.Initial.LastOrDefault(-1) + 1;
        if (next < Total)
        {
            await foreach (var value in subscription.ReadAllAsync(Cancellation))
            {
                value.ShouldBe(next++);
                if (next == Total)
                {
                    break;
                }
            }
        }

        await publisher;
        next.ShouldBe(Total);
        subscription.Dropped.ShouldBe(0);
    }

    [Fact]
    public async Task A_slow_follower_loses_the_oldest_and_is_told_how_many()
    {
        var broadcast = new Broadcast<int>(capacity: 4);
        using var subscription = broadcast.Subscribe(() => []);
        foreach (var value in Enumerable.Range(0, 10))
        {
            broadcast.Publish(value);
        }

        var read = new List<int>();
        await foreach (var value in subscription.ReadAllAsync(Cancellation))
        {
            read.Add(value);
            if (read.Count == 4)
            {
                break;
            }
        }

        read.ShouldBe([6, 7, 8, 9]);
        subscription.Dropped.ShouldBe(6);
    }

    [Fact]
    public async Task Disposing_ends_the_stream_and_leaves_no_follower()
    {
        var broadcast = new Broadcast<int>();
        var subscription = broadcast.Subscribe(() => []);
        broadcast.FollowerCount.ShouldBe(1);

        subscription.Dispose();

        broadcast.FollowerCount.ShouldBe(0);
        (await subscription.ReadAllAsync(Cancellation).ToListAsync(Cancellation)).ShouldBeEmpty();
    }
}
