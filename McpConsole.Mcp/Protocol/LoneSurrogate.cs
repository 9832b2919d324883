namespace McpConsole.Mcp.Protocol;

/// <summary>
/// Finds <c>\uD800</c>-style escapes in JSON that have no other half. They are valid JSON, but no text: reading such a string throws much
/// later. Documents with one are refused; what a server or a client says is mended, as programs cut texts in the middle of a
/// character.
/// </summary>
internal static class LoneSurrogate
{
    /// <summary>The offset of the first one, or -1.</summary>
    public static int Find(ReadOnlySpan<byte> json)
    {
        for (var at = Next(json, 0); at >= 0; at = Next(json, at))
        {
            var unit = Unit(json, at);
            if (!char.IsSurrogate(unit))
            {
                at += 6;
            }
            else if (char.IsHighSurrogate(unit) && char.IsLowSurrogate(Unit(json, at + 6)))
            {
                at += 12;
            }
            else
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Puts the replacement character, which is as long, in the place of each.</summary>
    public static void Mend(Span<byte> json)
    {
        while (Find(json) is >= 0 and var at)
        {
            "\\uFFFD"u8.CopyTo(json[at..]);
            json = json[(at + 6)..];
        }
    }

    // The next escape: a \u whose backslash is not itself escaped.
    private static int Next(ReadOnlySpan<byte> json, int from)
    {
        while (from < json.Length && json[from..].IndexOf("\\u"u8) is >= 0 and var found)
        {
            var at = from + found;
            var backslashes = 1;
            while (at - backslashes >= 0 && json[at - backslashes] == '\\')
            {
                backslashes++;
            }

            if (backslashes % 2 == 1)
            {
                return at;
            }

            from = at + 2;
        }

        return -1;
    }

    private static char Unit(ReadOnlySpan<byte> json, int at) =>
        at + 6 <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
            && System.Buffers.Text.Utf8Parser.TryParse(json.Slice(at + 2, 4), out ushort unit, out var read, 'x') && read == 4
            ? (char)unit
            : '\0';
}
