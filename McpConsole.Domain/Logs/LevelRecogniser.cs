namespace McpConsole.Domain.Logs;

/// <summary>
/// Tells a line's level from its text. JSON says it in a property, syslog and klog at their fixed place. In other text the words for levels
/// are weighed by where they stand, in six tiers; the first tier that has one decides, and two different ones in a tier decide nothing:
/// <list type="number">
/// <item>the line begins with it: <c>error: no such file</c></item>
/// <item>in brackets: <c>[WARN] slow</c>, <c>[E] failed</c></item>
/// <item>after a tag: <c>[core:error]</c>, <c>level=warn</c></item>
/// <item>in quotes: <c>"ERROR"</c></item>
/// <item>before a colon: <c>nginx error: no such host</c></item>
/// <item>as a word in capitals: <c>app - INFO - ready</c></item>
/// </list>
/// Times at the line's beginning and escape sequences are passed over.
/// </summary>
public static class LevelRecogniser
{
    private const int Tiers = 6;

    // A level stands near the beginning; the rest of a long line is not worth the time.
    private const int Reach = 512;

    /// <param name="text">A line's text in UTF-8.</param>
    public static LineLevel Recognise(ReadOnlySpan<byte> text)
    {
        if (text.TrimStart(" \t"u8) is [(byte)'{', ..] json && JsonLevel.TryRead(json, out var level))
        {
            return level;
        }

        scoped var head = text[..Math.Min(text.Length, Reach)];
        Span<byte> plain = stackalloc byte[head.Contains((byte)0x1B) ? head.Length : 0];
        if (!plain.IsEmpty)
        {
            head = plain[..LineHead.WithoutEscapes(head, plain)];
        }

        return LineHead.TryReadFixed(head, out level) ? level : Weigh(LineHead.WithoutTimes(head));
    }

    private static LineLevel Weigh(ReadOnlySpan<byte> text)
    {
        Span<LineLevel> found = stackalloc LineLevel[Tiers];
        found.Clear();
        Span<bool> contradicted = stackalloc bool[Tiers];
        contradicted.Clear();

        for (var start = 0; start < text.Length; start++)
        {
            if (!IsLetter(text[start]))
            {
                continue;
            }

            var end = start + 1;
            while (end < text.Length && IsLetter(text[end]))
            {
                end++;
            }

            var (tier, level) = LevelNames.MayBe(text[start..end]) ? Classify(text, start, end) : default;
            if (level != LineLevel.Unknown)
            {
                contradicted[tier] |= found[tier] != LineLevel.Unknown && found[tier] != level;
                found[tier] = level;
            }

            start = end;
        }

        for (var tier = 0; tier < Tiers; tier++)
        {
            if (found[tier] != LineLevel.Unknown)
            {
                return contradicted[tier] ? LineLevel.Unknown : found[tier];
            }
        }

        return LineLevel.Unknown;
    }

    private static (int Tier, LineLevel Level) Classify(ReadOnlySpan<byte> text, int start, int end)
    {
        var word = text[start..end];
        var before = start > 0 ? text[start - 1] : (byte)0;
        var after = end < text.Length ? text[end] : (byte)0;
        if (before == '[' && text[end..].TrimStart((byte)' ') is [(byte)']', ..])
        {
            return (1, LevelNames.FindBracketed(word));
        }

        var level = LevelNames.Find(word);
        if (level == LineLevel.Unknown || IsWord(before) || IsWord(after))
        {
            return default;
        }

        var isUpper = !word.ContainsAnyExceptInRange((byte)'A', (byte)'Z');
        return (before, after) switch
        {
            _ when start == 0 => (0, level),
            ((byte)':', _) when start > 1 && IsWord(text[start - 2]) => (2, level),
            ((byte)'=', _) when NamesLevel(text[..(start - 1)]) => (2, level),
            ((byte)'"', (byte)'"') when isUpper => (3, level),
            ((byte)' ', (byte)':') => (4, level),
            _ when isUpper => (5, level),
            _ => default,
        };
    }

    private static bool NamesLevel(ReadOnlySpan<byte> text) =>
        text.EndsWith("level"u8) || text.EndsWith("lvl"u8) || text.EndsWith("severity"u8);

    private static bool IsLetter(byte value) => (uint)((value | 0x20) - 'a') < 26;

    private static bool IsWord(byte value) => IsLetter(value) || value == '_' || (uint)(value - '0') < 10;
}
