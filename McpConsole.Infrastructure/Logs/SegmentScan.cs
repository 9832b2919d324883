namespace McpConsole.Infrastructure.Logs;

/// <summary>Makes the index of uncompressed text by reading it: for the open segment at start, and where an index is missing.</summary>
internal static class SegmentScan
{
    /// <param name="text">From the beginning of the segment; read to its end.</param>
    /// <param name="firstSequence">The sequence of its first line.</param>
    /// <returns>The index of the whole lines in it; a torn last line is not counted.</returns>
    public static SegmentIndex Run(Stream text, long firstSequence)
    {
        var marks = new List<BlockMark>();
        var (sequence, offset, ticks, skipped) = (firstSequence, 0L, 0L, 0L);
        var buffer = new byte[4 * LineCutter.LineLimit];
        var filled = 0;
        int read;
        while ((read = text.ReadAtLeast(buffer.AsSpan(filled), 1, throwOnEndOfStream: false)) > 0)
        {
            filled += read;
            var lines = buffer.AsSpan(0, filled);
            var used = 0;
            while (lines[used..].IndexOf((byte)'\n') is var length && length >= 0)
            {
                var line = lines.Slice(used, length);
                ticks = line.Length >= LineFormat.PrefixLength ? LineFormat.ReadTime(line).UtcTicks : ticks;
                if (marks.Count == 0 || offset - marks[^1].Offset >= BlockMark.BlockSize)
                {
                    marks.Add(new BlockMark(sequence, ticks, offset, offset));
                }

                (sequence, offset, used, skipped) = (sequence + 1, offset + skipped + length + 1, used + length + 1, 0);
            }

            lines[used..].CopyTo(buffer);
            filled -= used;
            if (filled == buffer.Length)
            {
                // Longer than any line that is written: the file was edited. It still counts as one line.
                (skipped, filled) = (skipped + filled, 0);
            }
        }

        return new SegmentIndex(marks.ToArray(), sequence, ticks, offset, offset);
    }
}
