namespace McpConsole.Infrastructure.Logs;

/// <summary>Finds by the indexes where a time is in a log, to the block.</summary>
internal static class TimeSeek
{
    /// <returns>A sequence with no line at or before <paramref name="time"/> after it; the block it is in may hold later lines too.</returns>
    public static long LastSequenceBefore(LogView view, DateTimeOffset time)
    {
        for (var place = view.Count - 1; place >= 0; place--)
        {
            try
            {
                var marks = view[place].Index.Marks.Span;
                for (var block = marks.Length - 1; block >= 0; block--)
                {
                    if (marks[block].Ticks <= time.UtcTicks)
                    {
                        return block + 1 < marks.Length ? marks[block + 1].Sequence - 1 : view[place].Index.EndSequence - 1;
                    }
                }
            }
            catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                // It was compressed or deleted meanwhile: start here, the scan checks every line's time anyway.
                return place + 1 < view.Count ? view[place + 1].FirstSequence - 1 : view.NextSequence - 1;
            }
        }

        return view.FirstSequence - 1;
    }
}
