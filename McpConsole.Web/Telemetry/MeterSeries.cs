namespace McpConsole.Web.Telemetry;

/// <summary>The measurements of one instrument under one set of labels. Guarded by its owner's lock.</summary>
internal sealed class MeterSeries((string Name, string Value)[] labels, double[] bounds)
{
    private readonly long[] _buckets = new long[bounds.Length];

    public (string Name, string Value)[] Labels { get; } = labels;

    public double Value { get; private set; }

    public long Count { get; private set; }

    public void Set(double value) => Value = value;

    public void Add(double value) => Value += value;

    /// <summary>Counts a value into every bucket that holds it, as the format wants them: cumulative.</summary>
    public void Observe(double value)
    {
        Count++;
        Value += value;
        for (var i = 0; i < bounds.Length; i++)
        {
            _buckets[i] += value <= bounds[i] ? 1 : 0;
        }
    }

    public void Write(PrometheusText text, string name)
    {
        for (var i = 0; i < bounds.Length; i++)
        {
            text.Sample(name + "_bucket", _buckets[i], [.. Labels, ("le", PrometheusText.Number(bounds[i]))]);
        }

        text.Sample(name + "_bucket", Count, [.. Labels, ("le", "+Inf")]);
        text.Sample(name + "_sum", Value, Labels);
        text.Sample(name + "_count", Count, Labels);
    }
}
