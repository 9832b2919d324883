using System.Diagnostics.Metrics;

namespace McpConsole.Web.Telemetry;

/// <summary>All series of one instrument. Thread-safe.</summary>
internal sealed class MeterFamily
{
    // Of the built-in instruments none comes near; a fault in an instrument's labels must not eat the memory.
    private const int MaximumSeries = 1000;

    // Seconds, as ASP.NET Core advises for requests.
    private static readonly double[] s_bounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, MeterSeries> _series = [];
    private readonly string _help;
    private readonly Shape _shape;

    public MeterFamily(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        _shape = type == typeof(Histogram<>) ? Shape.Histogram
            : type == typeof(Counter<>) ? Shape.Counter
            : type == typeof(ObservableCounter<>) ? Shape.ObservedCounter
            : type == typeof(UpDownCounter<>) ? Shape.UpDown
            : Shape.Gauge;
        _help = instrument.Description ?? instrument.Name;
        Name = NameOf(instrument, _shape is Shape.Counter or Shape.ObservedCounter);
    }

    private enum Shape
    {
        Counter,
        ObservedCounter,
        UpDown,
        Gauge,
        Histogram,
    }

    public string Name { get; }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new (string Name, string Value)[tags.Length];
        for (var i = 0; i < tags.Length; i++)
        {
            labels[i] = (Plain(tags[i].Key), tags[i].Value?.ToString() ?? "");
        }

        var key = string.Join('\u001f', labels);
        lock (_lock)
        {
            if (!_series.TryGetValue(key, out var series))
            {
                if (_series.Count == MaximumSeries)
                {
                    return;
                }

                _series[key] = series = new MeterSeries(labels, _shape == Shape.Histogram ? s_bounds : []);
            }

            switch (_shape)
            {
                case Shape.Histogram:
                    series.Observe(value);
                    break;
                case Shape.Counter or Shape.UpDown:
                    series.Add(value);
                    break;
                default:
                    series.Set(value);
                    break;
            }
        }
    }

    public void Write(PrometheusText text)
    {
        lock (_lock)
        {
            if (_series.Count == 0)
            {
                return;
            }

            text.Family(Name, _shape switch { Shape.Histogram => "histogram", Shape.Counter or Shape.ObservedCounter => "counter", _ => "gauge" }, _help);
            foreach (var series in _series.Values)
            {
                if (_shape == Shape.Histogram)
                {
                    series.Write(text, Name);
                }
                else
                {
                    text.Sample(Name, series.Value, series.Labels);
                }
            }
        }
    }

    // OpenTelemetry's rule: dots become underscores, the unit and «total» are suffixes.
    private static string NameOf(Instrument instrument, bool counter)
    {
        var name = Plain(instrument.Name);
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", "ms" => "_milliseconds", _ => "" };
        name = name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
        return counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static string Plain(string name) => string.Create(name.Length, name, static (span, text) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = char.IsAsciiLetterOrDigit(text[i]) ? text[i] : '_';
        }
    });
}
