using System.Collections.Immutable;
using System.Text;

namespace McpConsole.Web.Logs;

/// <summary>
/// Turns a line with terminal escape sequences into spans of text. Colours and bold become style classes, every other sequence and control
/// character is left out: nothing of a server's output reaches the page but text.
/// </summary>
/// <remarks>ECMA-48: CSI is <c>ESC [ parameters letter</c>, for example <c>ESC [ 1 ; 31 m</c>; OSC is <c>ESC ] text</c> up to BEL or <c>ESC \</c>.</remarks>
internal static class AnsiText
{
    /// <summary>A longer line is cut on the page; it is whole in the download.</summary>
    public const int MaxLength = 4096;

    private const char Escape = '\e';

    public static ImmutableArray<AnsiSpan> Parse(string text)
    {
        if (text.Length <= MaxLength && !text.AsSpan().ContainsAnyInRange('\0', '\x1f') && !text.Contains('\x7f', StringComparison.Ordinal))
        {
            return [new AnsiSpan(text, null)];
        }

        var spans = ImmutableArray.CreateBuilder<AnsiSpan>();
        var (plain, style) = (new StringBuilder(), default(Style));
        var end = Math.Min(text.Length, MaxLength);
        for (var i = 0; i < end; i++)
        {
            if (text[i] == Escape)
            {
                var (next, changed) = Skip(text, i, style);
                if (changed != style)
                {
                    Flush(spans, plain, style);
                    style = changed;
                }

                i = next;
            }
            else if (text[i] == '\t' || !char.IsControl(text[i]))
            {
                plain.Append(text[i]);
            }
        }

        if (text.Length > MaxLength)
        {
            plain.Append(" …");
        }

        Flush(spans, plain, style);
        return spans.ToImmutable();
    }

    // Returns the index of the sequence's last character, and the style after it.
    private static (int End, Style Style) Skip(string text, int start, Style style)
    {
        var i = start + 1;
        if (i >= text.Length)
        {
            return (start, style);
        }

        if (text[i] == ']')
        {
            while (++i < text.Length && text[i] != '\a' && text[i] != Escape)
            {
            }

            return (i < text.Length && text[i] == Escape ? i + 1 : i, style);
        }

        if (text[i] != '[')
        {
            return (i, style);
        }

        var parameters = i + 1;
        while (++i < text.Length && text[i] is >= ' ' and <= '?')
        {
        }

        var isStyle = i < text.Length && text[i] == 'm';
        return (i, isStyle ? style.Apply(text.AsSpan(parameters, i - parameters)) : style);
    }

    private static void Flush(ImmutableArray<AnsiSpan>.Builder spans, StringBuilder plain, Style style)
    {
        if (plain.Length > 0)
        {
            spans.Add(new AnsiSpan(plain.ToString(), style.Class));
            plain.Clear();
        }
    }

    private readonly record struct Style(int? Colour, bool Bold, bool Dim)
    {
        public string? Class => (Colour, Bold, Dim) switch
        {
            (null, false, false) => null,
            _ => string.Join(' ', new[] { Colour is { } c ? $"ansi-{c}" : null, Bold ? "ansi-bold" : null, Dim ? "ansi-dim" : null }.Where(name => name is not null)),
        };

        public Style Apply(ReadOnlySpan<char> parameters)
        {
            var style = this;
            var extended = false;
            foreach (var range in parameters.Split(';'))
            {
                var code = int.TryParse(parameters[range], out var number) ? number : 0;

                // 38;5;N and 48;5;N, 38;2;R;G;B: colours beyond the sixteen are shown as plain text.
                extended |= code is 38 or 48;
                style = extended ? style : style.Apply(code);
            }

            return style;
        }

        private Style Apply(int code) => code switch
        {
            0 => default,
            1 => this with { Bold = true },
            2 => this with { Dim = true },
            22 => this with { Bold = false, Dim = false },
            >= 30 and <= 37 => this with { Colour = code - 30 },
            39 => this with { Colour = null },
            >= 90 and <= 97 => this with { Colour = code - 90 + 8 },
            _ => this,
        };
    }
}

/// <param name="Class">Style classes; null for plain text.</param>
internal readonly record struct AnsiSpan(string Text, string? Class);
