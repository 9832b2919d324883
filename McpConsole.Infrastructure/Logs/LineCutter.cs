using System.Text;

namespace McpConsole.Infrastructure.Logs;

/// <summary>What to do with text after the last line's end.</summary>
internal enum Remainder
{
    /// <summary>More may come: leave it.</summary>
    Leave,

    /// <summary>It has waited long enough: take it as a line that goes on.</summary>
    TakeAsContinued,

    /// <summary>Nothing more comes: it is the last line.</summary>
    TakeAsLast,
}

/// <summary>
/// Cuts raw output into lines. Bytes are kept as they are (a lone CR, NUL, escape sequences, invalid UTF-8), except the line's end
/// (LF or CR LF). A line beyond the limit is cut and marked as continued, never within a character, a line's end or a secret.
/// </summary>
internal static class LineCutter
{
    public const int LineLimit = 64 * 1024;

    /// <summary>Adds what are whole lines in <paramref name="input"/> to the batch, as long as there is room.</summary>
    /// <returns>The bytes of the input that were used; the rest is to be given again, with what follows it.</returns>
    public static int Cut(ReadOnlySpan<byte> input, Remainder remainder, SecretMask mask, LineBatch batch)
    {
        var needed = mask.AppearsIn(input) ? mask : null;
        var used = 0;
        while (used < input.Length)
        {
            var rest = input[used..];
            var (length, end, continues) = Next(rest, remainder, mask);
            if (end == 0 || !batch.TryAdd(rest[..length], continues, needed))
            {
                break;
            }

            used += end;
        }

        return used;
    }

    /// <summary>The length of the next line's text, and with its end; (0, 0) where there is no line yet.</summary>
    private static (int Length, int End, bool Continues) Next(ReadOnlySpan<byte> rest, Remainder remainder, SecretMask mask)
    {
        var newLine = rest[..Math.Min(rest.Length, LineLimit + 1)].IndexOf((byte)'\n');
        if (newLine >= 0)
        {
            return (newLine > 0 && rest[newLine - 1] == '\r' ? newLine - 1 : newLine, newLine + 1, false);
        }

        if (rest.Length > LineLimit)
        {
            // A secret longer than the limit itself cannot be kept whole.
            var cut = SafeLength(rest[..LineLimit], mask) is var safe and > 0 ? safe : LineLimit;
            return (cut, cut, true);
        }

        return remainder switch
        {
            Remainder.TakeAsLast => (rest.Length, rest.Length, false),
            Remainder.TakeAsContinued when SafeLength(rest, mask) is var cut => (cut, cut, true),
            _ => default,
        };
    }

    private static int SafeLength(ReadOnlySpan<byte> text, SecretMask mask)
    {
        var length = mask.SafeLength(text);

        // A CR may be the first half of the line's end.
        if (text[..length].EndsWith((byte)'\r'))
        {
            length--;
        }

        // A character that is complete only with bytes to come: at most its first three bytes are here.
        for (var back = 1; back <= Math.Min(3, length); back++)
        {
            if (Rune.DecodeFromUtf8(text[(length - back)..length], out _, out _) == System.Buffers.OperationStatus.NeedMoreData)
            {
                return length - back;
            }
        }

        return length;
    }
}
