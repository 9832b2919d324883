using System.Globalization;

namespace McpConsole.Mcp.OpenApi.Documents;

/// <summary>Reads the numbers of YAML 1.2's core schema: <c>-7</c>, <c>0x1F</c>, <c>0o17</c>, <c>+.5</c>, <c>6.02e23</c>.</summary>
internal static class YamlNumber
{
    /// <summary>The number as JSON writes it, every digit kept; null when the text is none (<c>.inf</c> and <c>.nan</c> have no JSON form).</summary>
    public static string? ToJson(string text)
    {
        if (text.Length > 2 && text[0] == '0' && text[1] is 'x' or 'o')
        {
            return Radix(text);
        }

        var sign = text[0] == '-' ? "-" : "";
        var digits = text.AsSpan(text[0] is '-' or '+' ? 1 : 0);
        var whole = digits[..Digits(digits)];
        var rest = digits[whole.Length..];
        var fraction = rest.StartsWith('.') ? rest[1..(1 + Digits(rest[1..]))] : default;
        rest = rest.StartsWith('.') ? rest[(1 + fraction.Length)..] : rest;
        if (whole.Length + fraction.Length == 0 || !IsExponent(rest))
        {
            return null;
        }

        // 007 is not a number in JSON, 7 is.
        whole = whole.TrimStart('0');
        return string.Concat(sign, whole.IsEmpty ? "0" : whole, fraction.IsEmpty ? "" : "." + fraction.ToString(), rest);
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    private static bool IsExponent(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        var digits = text.Length > 1 && text[1] is '-' or '+' ? text[2..] : text[1..];
        return text[0] is 'e' or 'E' && !digits.IsEmpty && Digits(digits) == digits.Length;
    }

    private static string? Radix(string text)
    {
        if (text[1] == 'x')
        {
            return ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                ? value.ToString(CultureInfo.InvariantCulture)
                : null;
        }

        var octal = 0UL;
        foreach (var digit in text.AsSpan(2))
        {
            if (digit is < '0' or > '7' || octal >> 61 != 0)
            {
                return null;
            }

            octal = (octal << 3) | (uint)(digit - '0');
        }

        return octal.ToString(CultureInfo.InvariantCulture);
    }
}
