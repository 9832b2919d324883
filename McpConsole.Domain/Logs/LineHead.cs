using System.Buffers;
using System.Buffers.Text;

namespace McpConsole.Domain.Logs;

/// <summary>The beginning of a line: what stands there before the message.</summary>
internal static class LineHead
{
    private static readonly SearchValues<byte> s_timeBytes = SearchValues.Create("0123456789-/:.,+TZ[]()"u8);

    /// <summary>
    /// Reads a level that has a fixed place: syslog's <c>&lt;11&gt;message</c> (the severity is the number's rest by eight) and klog's
    /// <c>W1120 03:37:52.123456 1 file.go:10] message</c>.
    /// </summary>
    public static bool TryReadFixed(ReadOnlySpan<byte> head, out LineLevel level)
    {
        level = LineLevel.Unknown;
        if (head is [(byte)'<', ..] && Utf8Parser.TryParse(head[1..], out int priority, out var digits)
            && digits <= 3 && priority is >= 0 and < 192 && head.Length > digits + 1 && head[digits + 1] == '>')
        {
            level = LevelNames.FindSyslog(priority % 8);
        }
        else if (head.Length > 7 && head[0] is (byte)'I' or (byte)'W' or (byte)'E' or (byte)'F'
            && !head[1..5].ContainsAnyExceptInRange((byte)'0', (byte)'9') && head[5] == ' ' && head[6] is >= (byte)'0' and <= (byte)'2')
        {
            level = LevelNames.FindBracketed(head[..1]);
        }

        return level != LineLevel.Unknown;
    }

    /// <summary>Leaves out times and dates at the beginning, in brackets or not: <c>[2026-11-20 03:37:52,123] </c>, <c>Nov 20 03:37:52 </c>.</summary>
    public static ReadOnlySpan<byte> WithoutTimes(ReadOnlySpan<byte> head)
    {
        while (true)
        {
            head = head.TrimStart(" \t"u8);
            var end = head.IndexOfAny((byte)' ', (byte)'\t');
            if (end <= 0 || !(IsTime(head[..end]) || IsMonth(head, end)))
            {
                return head;
            }

            head = head[end..];
        }
    }

    /// <summary>Copies the text without its control sequences (<c>ESC [ 3 1 m</c>).</summary>
    /// <returns>The length of what was copied.</returns>
    public static int WithoutEscapes(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != 0x1B)
            {
                destination[length++] = text[i];
                continue;
            }

            // A sequence ends with the first byte from @ to ~ after its bracket.
            i += i + 1 < text.Length && text[i + 1] == '[' ? 2 : 1;
            while (i < text.Length && text[i] is < (byte)'@' or > (byte)'~')
            {
                i++;
            }
        }

        return length;
    }

    private static bool IsTime(ReadOnlySpan<byte> token) =>
        !token.ContainsAnyExcept(s_timeBytes) && token.ContainsAnyInRange((byte)'0', (byte)'9');

    private static bool IsMonth(ReadOnlySpan<byte> head, int end) =>
        end == 3 && head.Length > 4 && head[4] is (byte)' ' or >= (byte)'0' and <= (byte)'9'
        && "JanFebMarAprMayJunJulAugSepOctNovDec"u8.IndexOf(head[..3]) % 3 == 0;
}
