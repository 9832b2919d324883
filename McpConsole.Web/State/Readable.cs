using System.Globalization;

namespace McpConsole.Web.State;

/// <summary>Quantities as people read them.</summary>
internal static class Readable
{
    private static readonly string[] s_units = ["B", "KB", "MB", "GB", "TB"];

    /// <summary>1536 is «1.5 KB».</summary>
    public static string Bytes(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1024 && unit < s_units.Length - 1)
        {
            (value, unit) = (value / 1024, unit + 1);
        }

        return value.ToString(unit == 0 || value >= 100 ? "0" : "0.#", CultureInfo.CurrentCulture) + " " + s_units[unit];
    }

    /// <summary>The two largest parts: «3 d 4 h», «12 m 5 s», «840 ms».</summary>
    public static string Duration(TimeSpan value) => value switch
    {
        { TotalSeconds: < 0 } => "0 s",
        { TotalSeconds: < 1 } => Text($"{value.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 1 } => Text($"{(int)value.TotalSeconds} s"),
        { TotalHours: < 1 } => Text($"{value.Minutes} m {value.Seconds} s"),
        { TotalDays: < 1 } => Text($"{value.Hours} h {value.Minutes} m"),
        _ => Text($"{(int)value.TotalDays} d {value.Hours} h"),
    };

    /// <summary>A duration without an empty part: «30 s», «1 h», «1 h 30 m».</summary>
    public static string Interval(TimeSpan value) => Duration(value).Split(" 0 ")[0];

    public static string Percent(double value) => value.ToString(value >= 10 ? "0" : "0.0", CultureInfo.CurrentCulture) + " %";

    public static string Count(long value) => value.ToString("N0", CultureInfo.CurrentCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.CurrentCulture);
}
