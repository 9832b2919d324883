using System.Collections.Immutable;

namespace McpConsole.Infrastructure.Logs;

/// <summary>A server's log as it stands at one moment. What it names stays readable until compression or retention takes the file away.</summary>
/// <param name="Closed">Oldest first.</param>
/// <param name="Tail">The segment that is written; null before the first line.</param>
/// <param name="NextSequence">What the next line will have.</param>
internal sealed record LogView(ImmutableArray<Segment> Closed, Segment? Tail, long NextSequence)
{
    public static readonly LogView Empty = new([], null, 1);

    public int Count => Closed.Length + (Tail is null ? 0 : 1);

    public long FirstSequence => Count == 0 ? 0 : this[0].FirstSequence;

    public long FileBytes => Closed.Sum(segment => segment.FileLength) + (Tail?.FileLength ?? 0);

    public Segment this[int place] => place < Closed.Length ? Closed[place] : Tail!;

    /// <summary>The place of the last segment that begins at or before a sequence; -1 when all begin after it.</summary>
    public int PlaceOf(long sequence)
    {
        var (low, high) = (-1, Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = this[middle].FirstSequence <= sequence ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
