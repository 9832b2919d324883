using System.Text;
using System.Text.Json;
using McpConsole.Domain.Servers;

namespace McpConsole.Infrastructure.Logs;

/// <summary>
/// Replaces the secrets of a run by <see cref="Secret.Mask"/>, also where they are JSON or URL encoded. A secret of several lines is
/// masked line by line. What is shorter than four bytes is left: it would blot out ordinary text and so tell more than it hides.
/// </summary>
internal sealed class SecretMask
{
    public static readonly SecretMask None = new([]);

    private const int ShortestSecret = 4;
    private static readonly byte[] s_mask = Encoding.UTF8.GetBytes(Secret.Mask);
    private readonly byte[][] _needles;

    private SecretMask(byte[][] needles) => _needles = needles;

    /// <summary>By how much a text can grow at most.</summary>
    public static int Growth => s_mask.Length / ShortestSecret;

    public static SecretMask Of(IEnumerable<Secret> secrets)
    {
        var needles = secrets
            .SelectMany(secret => secret.Reveal().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .SelectMany(line => new[] { line, JsonEncodedText.Encode(line).Value, Uri.EscapeDataString(line) })
            .Distinct(StringComparer.Ordinal)
            .Select(Encoding.UTF8.GetBytes)
            .Where(needle => needle.Length >= ShortestSecret)
            .OrderByDescending(needle => needle.Length)
            .ToArray();
        return needles.Length == 0 ? None : new SecretMask(needles);
    }

    /// <summary>Whether <paramref name="text"/> holds a secret: asked once for a whole chunk, so that lines without one cost nothing.</summary>
    public bool AppearsIn(ReadOnlySpan<byte> text)
    {
        foreach (var needle in _needles)
        {
            if (text.IndexOf(needle) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the text masked; <paramref name="destination"/> has room for <see cref="Growth"/> times its length.</summary>
    /// <returns>The bytes written.</returns>
    public int Apply(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var written = 0;
        while (true)
        {
            var (at, length) = First(text);
            var plain = at < 0 ? text : text[..at];
            plain.CopyTo(destination[written..]);
            written += plain.Length;
            if (at < 0)
            {
                return written;
            }

            s_mask.CopyTo(destination[written..]);
            written += s_mask.Length;
            text = text[(at + length)..];
        }
    }

    /// <summary>
    /// The length of <paramref name="text"/> that may be taken while more is to come: without an end that could be the beginning of a
    /// secret, and without parting a whole one.
    /// </summary>
    public int SafeLength(ReadOnlySpan<byte> text)
    {
        var safe = text.Length;
        foreach (var needle in _needles)
        {
            for (var length = Math.Min(needle.Length - 1, text.Length); length > text.Length - safe; length--)
            {
                if (text.EndsWith(needle.AsSpan(0, length)))
                {
                    safe = text.Length - length;
                }
            }
        }

        while (StartOfPartedNeedle(text, safe) is var start && start >= 0)
        {
            safe = start;
        }

        return safe;
    }

    private int StartOfPartedNeedle(ReadOnlySpan<byte> text, int cut)
    {
        foreach (var needle in _needles)
        {
            var from = Math.Max(0, cut - needle.Length + 1);
            var to = Math.Min(text.Length, cut + needle.Length - 1);
            if (text[from..to].IndexOf(needle) is var found && found >= 0)
            {
                return from + found;
            }
        }

        return -1;
    }

    // The needles are sorted: of two that begin at one place the longer wins.
    private (int At, int Length) First(ReadOnlySpan<byte> text)
    {
        var (at, length) = (-1, 0);
        foreach (var needle in _needles)
        {
            var found = text.IndexOf(needle);
            if (found >= 0 && (at < 0 || found < at))
            {
                (at, length) = (found, needle.Length);
            }
        }

        return (at, length);
    }
}
