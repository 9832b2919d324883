using System.Globalization;

namespace McpConsole.Bench;

/// <summary>Prints figures as rows of a Markdown table.</summary>
internal static class Table
{
    public static void Head(params string[] columns)
    {
        Row(columns);
        Row([.. columns.Select((_, index) => index == 0 ? "---" : "---:")]);
    }

    public static void Row(params string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

    public static string Number(double value) => value.ToString(value < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    /// <summary>The value below which a share of the samples lies; sorts them.</summary>
    public static double Quantile(double[] samples, double share)
    {
        Array.Sort(samples);
        return samples[Math.Min(samples.Length - 1, (int)(share * samples.Length))];
    }
}
