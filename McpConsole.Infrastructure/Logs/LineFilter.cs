using System.Text;
using System.Text.RegularExpressions;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Results;

namespace McpConsole.Infrastructure.Logs;

/// <summary>A query made ready to be asked of raw blocks. Only lines that fit are decoded. Not for several threads at once.</summary>
internal sealed class LineFilter
{
    private const int LongestPattern = 1000;

    private readonly LogQuery _query;
    private readonly LiteralSearch? _literal;
    private readonly Regex? _regex;
    private readonly byte[]? _since;
    private readonly byte[]? _until;
    private readonly char[] _decoded;

    static LineFilter() =>
        // A pattern of a few characters can ask for an automaton of gigabytes (a{1000}{1000}): refused when it is made.
        AppContext.SetData("REGEX_NONBACKTRACKING_MAX_AUTOMATA_SIZE", 10_000);

    private LineFilter(LogQuery query, LiteralSearch? literal, Regex? regex)
    {
        (_query, _literal, _regex) = (query, literal, regex);
        _since = TimeText(query.Since);
        _until = TimeText(query.Until);
        _decoded = regex is null ? [] : new char[LineCutter.LineLimit * SecretMask.Growth];
    }

    public bool UsesRegex => _regex is not null;

    public static Result<LineFilter> Create(LogQuery query)
    {
        if (string.IsNullOrEmpty(query.Text))
        {
            return new LineFilter(query, null, null);
        }

        if (!query.Regex)
        {
            return new LineFilter(query, new LiteralSearch(query.Text), null);
        }

        if (query.Text.Length > LongestPattern)
        {
            return new Error(
                "logs.pattern_too_long", ErrorKind.Invalid, "The pattern has {0} characters; {1} are allowed.", query.Text.Length, LongestPattern)
                .At("q");
        }

        try
        {
            return new LineFilter(query, null, new Regex(query.Text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));
        }
        catch (NotSupportedException)
        {
            return new Error(
                "logs.pattern_unsupported", ErrorKind.Invalid, "The pattern «{0}» uses backreferences, lookarounds or repeats too much. Write it without.", query.Text)
                .At("q");
        }
        catch (ArgumentException fault)
        {
            return new Error(
                "logs.pattern_invalid", ErrorKind.Invalid, "The pattern «{0}» is not a regular expression: {1}", query.Text, fault.Message)
                .At("q");
        }
    }

    /// <summary>Adds the lines of a block that fit, oldest first.</summary>
    public void Find(ReadOnlySpan<byte> block, long firstSequence, List<LineSpot> spots)
    {
        var (start, sequence) = (0, firstSequence);
        while (start < block.Length)
        {
            if (_literal is not null)
            {
                var hit = _literal.Find(block, start);
                if (hit < 0)
                {
                    return;
                }

                // Skip to the hit's line, counting the lines in between.
                var skipped = block[start..hit];
                sequence += skipped.Count((byte)'\n');
                start += skipped.LastIndexOf((byte)'\n') + 1;
            }

            var length = block[start..].IndexOf((byte)'\n');
            if (length < 0)
            {
                return;
            }

            var line = block.Slice(start, length);
            if (length >= LineFormat.PrefixLength && Fits(line))
            {
                spots.Add(new LineSpot(start, length, sequence));
            }

            (start, sequence) = (start + length + 1, sequence + 1);
        }
    }

    private bool Fits(ReadOnlySpan<byte> line)
    {
        var text = LineFormat.Text(line);
        return (_query.Stream is not { } stream || LineFormat.IsOf(line, stream))
            && (_since is null || line[..LineFormat.TimeLength].SequenceCompareTo(_since) >= 0)
            && (_until is null || line[..LineFormat.TimeLength].SequenceCompareTo(_until) <= 0)
            && (_literal is null || _literal.Find(text, 0) >= 0)
            && (_query.MinimumLevel is not { } level || LevelRecogniser.Recognise(text) >= level)
            && (_regex is null || _regex.IsMatch(_decoded.AsSpan(0, Encoding.UTF8.GetChars(text[..Math.Min(text.Length, _decoded.Length)], _decoded))));
    }

    private static byte[]? TimeText(DateTimeOffset? time)
    {
        if (time is not { } value)
        {
            return null;
        }

        var text = new byte[LineFormat.TimeLength];
        LineFormat.WriteTime(text, value);
        return text;
    }
}
