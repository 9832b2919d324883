using System.Collections.Immutable;

namespace McpConsole.Domain.State;

/// <summary>
/// What a follower of a snapshot source gets: the state at the moment of subscribing and every change after it, none missed and
/// none twice, because both are taken under one lock.
/// </summary>
/// <typeparam name="T">An immutable snapshot.</typeparam>
/// <remarks>
/// The changes pass through a bounded channel that drops the oldest; a dropped change of a thing is superseded by a later one of the
/// same thing or must be re-read. <see cref="Dropped"/> counts them. Disposing ends the stream; one reader only.
/// </remarks>
public interface ISubscription<T> : IDisposable
{
    ImmutableArray<T> Initial { get; }

    /// <summary>Changes dropped so far because the follower was too slow.</summary>
    long Dropped { get; }

    /// <summary>Completes when the subscription is disposed or its source ends.</summary>
    IAsyncEnumerable<T> ReadAllAsync(CancellationToken cancellationToken = default);
}
