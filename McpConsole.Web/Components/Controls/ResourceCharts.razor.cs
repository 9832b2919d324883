using System.Collections.Immutable;
using System.Globalization;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Web.State;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>CPU and memory of one server over time. Read again as samples arrive, at most every ten seconds: a chart is no gauge.</summary>
public sealed partial class ResourceCharts
{
    private static readonly TimeSpan s_staleness = TimeSpan.FromSeconds(10);

    private ImmutableArray<ResourceSample>? _samples;
    private (ServerId Server, int Minutes) _read;
    private DateTimeOffset _readAt;

    [Inject]
    public required IResourceHistory History { get; init; }

    [Inject]
    internal BrowserClock Clock { get; init; } = null!;

    [Parameter, EditorRequired]
    public required ServerSnapshot Server { get; set; }

    [Parameter, EditorRequired]
    public required int Minutes { get; set; }

    [Parameter]
    public EventCallback<int> OnMinutes { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_read == (Server.Id, Minutes) && Clock.Now - _readAt < s_staleness)
        {
            return;
        }

        (_read, _readAt) = ((Server.Id, Minutes), Clock.Now);
        try
        {
            _samples = await History.ReadAsync(Server.Id, TimeSpan.FromMinutes(Minutes), Gone);
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The reader left.
        }
    }

    private ChartPoint[] Points(ImmutableArray<ResourceSample> samples) =>
        [.. samples.Select(sample => new ChartPoint(Clock.ToLocal(sample.Time).DateTime, sample.CpuPercent, sample.RssBytes / 1048576.0))];

    private string FormatTime(object value) =>
        ((DateTime)value).ToString(Minutes > 1440 ? "MM-dd HH:mm" : "HH:mm", CultureInfo.InvariantCulture);

    private static string FormatPercent(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString("0.#", CultureInfo.CurrentCulture) + " %";

    private static string FormatMegabytes(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString("0.#", CultureInfo.CurrentCulture) + " MB";

    private sealed record ChartPoint(DateTime Time, double Cpu, double Megabytes);
}
