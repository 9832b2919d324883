using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>A small line without axes. Two values at least.</summary>
public sealed partial class Sparkline
{
    private const double Height = 22;

    [Parameter, EditorRequired]
    public required IReadOnlyList<double> Values { get; set; }

    /// <summary>What it shows, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The value at the upper edge, unless the values go beyond.</summary>
    [Parameter]
    public double Ceiling { get; set; } = 1;

    private string Line
    {
        get
        {
            var top = Math.Max(Ceiling, Values.Max());
            var line = new StringBuilder();
            for (var i = 0; i < Values.Count; i++)
            {
                var x = 100.0 * i / (Values.Count - 1);
                var y = 1 + Height - (Height * Values[i] / top);
                line.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{x:0.#} {y:0.#}");
            }

            return line.ToString();
        }
    }
}
