using McpConsole.Domain.Logs;

namespace McpConsole.Infrastructure.Logs;

/// <summary>Decodes lines in order.</summary>
internal static class LineReader
{
    /// <summary>Lines at or after a sequence, at most <paramref name="count"/>, fewer where the log ends.</summary>
    public static List<LogLine> Read(ServerLog log, long firstSequence, int count)
    {
        var lines = new List<LogLine>(Math.Min(count, 1024));
        using var cursor = new BlockCursor(log);
        var next = firstSequence;
        while (lines.Count < count && cursor.LoadFrom(next))
        {
            var block = cursor.Block;
            var sequence = cursor.FirstSequence;
            while (lines.Count < count && block.IndexOf((byte)'\n') is var length && length >= 0)
            {
                if (sequence >= next && length >= LineFormat.PrefixLength)
                {
                    lines.Add(LineFormat.Decode(block[..length], sequence));
                }

                block = block[(length + 1)..];
                sequence++;
            }

            next = cursor.EndSequence;
        }

        return lines;
    }
}
