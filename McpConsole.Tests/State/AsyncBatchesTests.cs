using System.Threading.Channels;
using McpConsole.Domain.State;

namespace McpConsole.Tests.State;

public sealed class AsyncBatchesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_arrives_in_order_in_batches_within_the_limit()
    {
        var channel = Channel.CreateUnbounded<int>();
        foreach (var value in Enumerable.Range(0, 1000))
        {
            channel.Writer.TryWrite(value);
        }

        channel.Writer.Complete();

        var batches = await channel.Reader.ReadAllAsync(Cancellation)
            .InBatchesAsync(TimeSpan.Zero, TimeProvider.System, limit: 300, Cancellation)
            .ToListAsync(Cancellation);

        batches.Select(batch => batch.Count).ShouldBe([300, 300, 300, 100]);
        batches.SelectMany(batch => batch).ShouldBe(Enumerable.Range(0, 1000));
    }

    [Fact]
    public async Task The_first_item_of_a_quiet_stream_is_passed_on_at_once()
    {
        var channel = Channel.CreateUnbounded<int>();
        await using var batches = channel.Reader.ReadAllAsync(Cancellation)
            .InBatchesAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken: Cancellation)
            .GetAsyncEnumerator(Cancellation);

        channel.Writer.TryWrite(1);

        (await batches.MoveNextAsync()).ShouldBeTrue();
        batches.Current.ShouldBe([1]);
    }

    [Fact]
    public async Task A_fault_of_the_source_reaches_the_reader()
    {
        var channel = Channel.CreateUnbounded<int>();
        channel.Writer.TryWrite(1);
        channel.Writer.Complete(new InvalidDataException());

        await Should.ThrowAsync<InvalidDataException>(async () => await channel.Reader.ReadAllAsync(Cancellation)
            .InBatchesAsync(TimeSpan.Zero, TimeProvider.System, cancellationToken: Cancellation)
            .ToListAsync(Cancellation));
    }
}
