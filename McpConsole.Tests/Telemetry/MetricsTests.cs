using System.Diagnostics.Metrics;
using McpConsole.Domain.Processes;
using McpConsole.Tests.Endpoints;
using McpConsole.Web.Telemetry;

namespace McpConsole.Tests.Telemetry;

public sealed class MetricsTests(ConsoleHost host) : IClassFixture<ConsoleHost>
{
    [Fact]
    public void A_label_cannot_break_out_of_its_quotes() =>
        new PrometheusText().Sample("m", 1, ("l", "a\"b\\c\nd")).ToString().ShouldBe("m{l=\"a\\\"b\\\\c\\nd\"} 1\n");

    [Fact]
    public void A_histogram_counts_upwards()
    {
        using var meter = new Meter("test");
        var family = new MeterFamily(meter.CreateHistogram<double>("request.duration", "s", "How long."));
        family.Record(0.02, [new("route", "/a")]);
        family.Record(3, [new("route", "/a")]);
        var text = new PrometheusText();
        family.Write(text);

        var lines = text.ToString().Split('\n');
        lines.ShouldContain("# TYPE request_duration_seconds histogram");
        lines.ShouldContain("request_duration_seconds_bucket{route=\"/a\",le=\"0.025\"} 1");
        lines.ShouldContain("request_duration_seconds_bucket{route=\"/a\",le=\"5\"} 2");
        lines.ShouldContain("request_duration_seconds_bucket{route=\"/a\",le=\"+Inf\"} 2");
        lines.ShouldContain("request_duration_seconds_sum{route=\"/a\"} 3.02");
        lines.ShouldContain("request_duration_seconds_count{route=\"/a\"} 2");
    }

    [Fact]
    public void A_counter_adds_and_an_observed_one_replaces()
    {
        using var meter = new Meter("test");
        var counter = new MeterFamily(meter.CreateCounter<long>("hits"));
        var observed = new MeterFamily(meter.CreateObservableCounter("collections", () => 0L));
        foreach (var family in (MeterFamily[])[counter, observed])
        {
            family.Record(2, []);
            family.Record(3, []);
        }

        var text = new PrometheusText();
        counter.Write(text);
        observed.Write(text);
        text.ToString().ShouldContain("hits_total 5");
        text.ToString().ShouldContain("collections_total 3");
    }

    [Fact]
    public async Task Each_server_is_measured()
    {
        host.Pets = host.Pets with { Resources = new ResourceSample(ConsoleHost.Start, 150, 64 << 20, 12, 34, 2), RestartCount = 2 };

        using var client = host.As(ConsoleHost.Viewer);
        var lines = (await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).Split('\n');

        const string Labels = "server=\"pets\",id=\"11111111111111111111111111111111\"";
        lines.ShouldContain($"mcpconsole_server_state{{{Labels},state=\"running\"}} 1");
        lines.ShouldContain($"mcpconsole_server_state{{{Labels},state=\"backingOff\"}} 0");
        lines.ShouldContain($"mcpconsole_server_restarts{{{Labels}}} 2");
        lines.ShouldContain($"mcpconsole_server_cpu_cores{{{Labels}}} 1.5");
        lines.ShouldContain($"mcpconsole_server_memory_bytes{{{Labels}}} 67108864");
        lines.ShouldContain($"mcpconsole_server_log_lines_total{{{Labels}}} 42");
        lines.ShouldContain(line => line.StartsWith("dotnet_gc_collections_total", StringComparison.Ordinal));
    }
}
