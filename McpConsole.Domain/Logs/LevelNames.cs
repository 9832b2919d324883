using System.Buffers;

namespace McpConsole.Domain.Logs;

/// <summary>The words that log libraries use for their levels.</summary>
internal static class LevelNames
{
    private const int Longest = 11;

    private static readonly SearchValues<byte> s_initials = SearchValues.Create("acdefinstvwACDEFINSTVW"u8);

    /// <summary>Tells most words that are none by their length and first letter.</summary>
    public static bool MayBe(ReadOnlySpan<byte> word) => word.Length <= Longest && s_initials.Contains(word[0]);

    /// <summary>The level that a word stands for, in any case; unknown where it is none.</summary>
    public static LineLevel Find(ReadOnlySpan<byte> word)
    {
        if (word.Length is < 3 or > Longest)
        {
            return LineLevel.Unknown;
        }

        Span<byte> lower = stackalloc byte[word.Length];
        for (var i = 0; i < word.Length; i++)
        {
            lower[i] = (byte)(word[i] | 0x20);
        }

        // The first letter decides which names are compared.
        ReadOnlySpan<byte> name = lower;
        return name[0] switch
        {
            (byte)'e' when name.SequenceEqual("err"u8) || name.SequenceEqual("error"u8) => LineLevel.Error,
            (byte)'f' when name.SequenceEqual("fatal"u8) || name.SequenceEqual("ftl"u8) => LineLevel.Critical,
            (byte)'f' when name.SequenceEqual("fail"u8) => LineLevel.Error,
            (byte)'w' when name.SequenceEqual("warn"u8) || name.SequenceEqual("warning"u8) || name.SequenceEqual("wrn"u8) => LineLevel.Warning,
            (byte)'i' when name.SequenceEqual("info"u8) || name.SequenceEqual("inf"u8) || name.SequenceEqual("information"u8) => LineLevel.Information,
            (byte)'d' when name.SequenceEqual("debug"u8) || name.SequenceEqual("dbg"u8) || name.SequenceEqual("dbug"u8) => LineLevel.Debug,
            (byte)'t' when name.SequenceEqual("trace"u8) || name.SequenceEqual("trce"u8) => LineLevel.Trace,
            (byte)'v' when name.SequenceEqual("verbose"u8) || name.SequenceEqual("ver"u8) || name.SequenceEqual("vbs"u8) || name.SequenceEqual("vrb"u8) => LineLevel.Trace,
            (byte)'c' when name.SequenceEqual("crit"u8) || name.SequenceEqual("critical"u8) => LineLevel.Critical,
            (byte)'s' when name.SequenceEqual("sev"u8) || name.SequenceEqual("severe"u8) => LineLevel.Critical,
            _ => LineLevel.Unknown,
        };
    }

    /// <summary>What stands only in brackets: a capital letter, and the names of syslog that are ordinary words elsewhere.</summary>
    public static LineLevel FindBracketed(ReadOnlySpan<byte> word) => word switch
    {
        [(byte)'E'] => LineLevel.Error,
        [(byte)'W'] => LineLevel.Warning,
        [(byte)'I'] => LineLevel.Information,
        [(byte)'D'] => LineLevel.Debug,
        [(byte)'T' or (byte)'V'] => LineLevel.Trace,
        [(byte)'F' or (byte)'C'] => LineLevel.Critical,
        _ when word.SequenceEqual("notice"u8) => LineLevel.Information,
        _ when word.SequenceEqual("alert"u8) || word.SequenceEqual("emerg"u8) => LineLevel.Critical,
        _ => Find(word),
    };

    /// <summary>The numbers of pino and bunyan.</summary>
    public static LineLevel Find(int number) => number switch
    {
        10 => LineLevel.Trace,
        20 => LineLevel.Debug,
        30 => LineLevel.Information,
        40 => LineLevel.Warning,
        50 => LineLevel.Error,
        60 => LineLevel.Critical,
        _ => LineLevel.Unknown,
    };

    /// <summary>The severities of syslog (RFC 5424).</summary>
    public static LineLevel FindSyslog(int severity) => severity switch
    {
        <= 2 => LineLevel.Critical,
        3 => LineLevel.Error,
        4 => LineLevel.Warning,
        5 or 6 => LineLevel.Information,
        _ => LineLevel.Debug,
    };
}
