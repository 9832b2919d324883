using System.Collections.Immutable;

namespace McpConsole.Infrastructure.Logs;

/// <summary>Brings a log that a console left, perhaps killed in the middle of a write, back to its last checkpoint.</summary>
internal static class LogRecovery
{
    public static (LogView View, ImmutableArray<SpoolOffsets> Spools) Run(string folder)
    {
        var checkpoint = CheckpointFile.TryRead(folder);
        var segments = KeepSegments(folder, checkpoint);
        var next = checkpoint?.NextSequence ?? 1;
        Segment? tail = null;
        if (segments is [.., { IsCompressed: false } last])
        {
            tail = OpenTail(last, checkpoint);
            segments.RemoveAt(segments.Count - 1);
        }

        if (tail is not null && tail.Index.EndSequence < next)
        {
            // Shorter than the checkpoint says: it was cut from outside. Sequences are never given twice, so it is not written on.
            segments.Add(tail);
            tail = null;
        }

        if (checkpoint is null)
        {
            next = (tail ?? segments.LastOrDefault())?.Index.EndSequence ?? 1;
        }

        return (new LogView([.. segments], tail, next), checkpoint?.Spools ?? []);
    }

    /// <summary>
    /// The segments in order. Deleted are: what was left unfinished, a segment that also stands there compressed, and segments begun after
    /// the checkpoint, whose lines are taken from the spool again.
    /// </summary>
    private static List<Segment> KeepSegments(string folder, Checkpoint? checkpoint)
    {
        var segments = new SortedDictionary<long, string>();
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            var sequence = Segment.SequenceOf(path);
            if (path.EndsWith(".tmp", StringComparison.Ordinal) || (sequence > 0 && checkpoint?.SegmentSequence < sequence))
            {
                File.Delete(path);
            }
            else if (sequence > 0 && path.EndsWith(Segment.CompressedSuffix, StringComparison.Ordinal))
            {
                if (segments.TryGetValue(sequence, out var raw))
                {
                    File.Delete(raw);
                }

                segments[sequence] = path;
            }
            else if (sequence > 0 && path.EndsWith(Segment.RawSuffix, StringComparison.Ordinal))
            {
                segments[sequence] = path;
            }
        }

        return [.. segments.Values.Select(path => Segment.Closed(path))];
    }

    /// <summary>Cuts the segment back to its checkpoint, and a torn last line off; null when nothing is left of it.</summary>
    private static Segment? OpenTail(Segment segment, Checkpoint? checkpoint)
    {
        using var file = File.Open(segment.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (checkpoint?.SegmentSequence == segment.FirstSequence && checkpoint.SegmentLength < file.Length)
        {
            file.SetLength(checkpoint.SegmentLength);
        }

        var index = SegmentScan.Run(file, segment.FirstSequence);
        if (index.TextLength < file.Length)
        {
            file.SetLength(index.TextLength);
        }

        if (index.TextLength > 0)
        {
            return Segment.Open(segment.Path, segment.FirstSequence, index);
        }

        File.Delete(segment.Path);
        return null;
    }
}
