using System.Buffers;
using System.Text;

namespace McpConsole.Mcp.OpenApi.Calls;

/// <summary>Writes text into a URL or a form, by RFC 3986.</summary>
internal static class PercentEncoding
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private static readonly SearchValues<char> s_unreserved = SearchValues.Create(Unreserved);

    // Without «#», «&» and «+», which would end or split the value instead of being part of it.
    private static readonly SearchValues<char> s_withReserved = SearchValues.Create(Unreserved + ":/?[]@!$'()*,;=");

    // A path's own text: a percent sign there is already an escape, a question mark begins a query.
    private static readonly SearchValues<char> s_pathText = SearchValues.Create(Unreserved + ":/?@!$&'()*+,;=%");

    /// <param name="allowReserved">Leaves reserved characters as they are, as far as they do not change where the value ends.</param>
    public static void Append(StringBuilder output, ReadOnlySpan<char> text, bool allowReserved = false) =>
        Append(output, text, allowReserved ? s_withReserved : s_unreserved);

    public static void AppendPathText(StringBuilder output, ReadOnlySpan<char> text) => Append(output, text, s_pathText);

    private static void Append(StringBuilder output, ReadOnlySpan<char> text, SearchValues<char> plain)
    {
        Span<byte> utf8 = stackalloc byte[4];
        while (true)
        {
            var run = text.IndexOfAnyExcept(plain);
            output.Append(run < 0 ? text : text[..run]);
            if (run < 0)
            {
                return;
            }

            // A lone surrogate becomes the replacement character: what is sent is always UTF-8.
            Rune.DecodeFromUtf16(text[run..], out var rune, out var consumed);
            foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
            {
                output.Append('%').Append(Hex(b >> 4)).Append(Hex(b & 15));
            }

            text = text[(run + consumed)..];
        }
    }

    private static char Hex(int digit) => "0123456789ABCDEF"[digit];
}
