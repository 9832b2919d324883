using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using McpConsole.E2E;
using Microsoft.Playwright;

namespace McpConsole.Bench;

/// <summary>
/// The Logs page in a real browser, following one server that writes 10,000 lines a second for a minute: how old the newest line on the
/// screen is, and what the console's memory does. The limit: the lines that the writer has written at that moment.
/// </summary>
internal static class LogPageBench
{
    private const int Rate = 10_000;
    private const int Seconds = 60;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var app = ConsoleApp.Unattended(new() { ["PROCESS_TIMEOUT"] = "600000" });
        await app.StartAsync(cancellationToken);
        using var api = app.Api();
        string[] writer = [Environment.ProcessPath!, "lines", $"{Rate}", $"{Seconds + 30}"];
        using var created = await api.PostAsJsonAsync("/api/servers", new { name = "writer", command = writer, transport = "streamable", restart = new { policy = "never" } }, cancellationToken);
        created.EnsureSuccessStatusCode();
        var browser = new Browser();
        await browser.InitializeAsync();
        await using var disposed = browser;
        var page = await browser.OpenAsync(app.Url);
        await SignInAsync(page);
        await page.GotoAsync("/servers/writer?tab=logs");
        await page.GetByRole(AriaRole.Log).WaitForAsync();

        using var started = await api.PostAsync("/api/servers/writer/start?wait=false", null, cancellationToken);
        started.EnsureSuccessStatusCode();
        await page.Locator(".log-text").Filter(new() { HasText = "line " }).First.WaitForAsync();
        await MeasureAsync(page, app, cancellationToken);
    }

    private static async Task MeasureAsync(IPage page, ConsoleApp app, CancellationToken cancellationToken)
    {
        var ages = new List<double>();
        var (first, last) = (0L, 0L);
        var memory = app.ResidentMegabytes;
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (watch.Elapsed < TimeSpan.FromSeconds(Seconds) && await timer.WaitForNextTickAsync(cancellationToken))
        {
            // «line NUMBER MILLISECONDS …», the clock being the machine's own on both sides.
            var text = await page.EvaluateAsync<string>("[...document.querySelectorAll('.log-text')].at(-1).innerText + ' ' + Date.now()");
            var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            last = long.Parse(words[1], CultureInfo.InvariantCulture);
            first = first == 0 ? last : first;
            ages.Add(long.Parse(words[^1], CultureInfo.InvariantCulture) - long.Parse(words[2], CultureInfo.InvariantCulture));
        }

        var skipped = await page.Locator(".log-skipped").CountAsync();
        double[] sorted = [.. ages];
        Table.Head("figure", "value");
        Table.Row("lines per second on the page", Table.Number((last - first) / watch.Elapsed.TotalSeconds));
        Table.Row("age of the newest line shown, ms (median, p95, max)", $"{Table.Number(Table.Quantile(sorted, 0.5))}, {Table.Number(Table.Quantile(sorted, 0.95))}, {Table.Number(sorted[^1])}");
        Table.Row("… in the last ten seconds (median)", Table.Number(Table.Quantile([.. ages.TakeLast(20)], 0.5)));
        Table.Row("marks of skipped lines on the page", $"{skipped}");
        Table.Row("the console's memory before and after, MB", $"{Table.Number(memory)}, {Table.Number(app.ResidentMegabytes)}");
    }

    /// <summary>What the measured server runs: numbered lines of about 100 bytes at a steady rate.</summary>
    public static async Task WriteAsync(int rate, int seconds, CancellationToken cancellationToken)
    {
        await using var output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 1 << 16);
        var padding = new string('x', 70);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var watch = Stopwatch.StartNew();
        for (var written = 0L; watch.Elapsed < TimeSpan.FromSeconds(seconds) && await timer.WaitForNextTickAsync(cancellationToken);)
        {
            for (var due = (long)(watch.Elapsed.TotalSeconds * rate); written < due; written++)
            {
                await output.WriteAsync(string.Create(
                    CultureInfo.InvariantCulture, $"line {written} {TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()} {padding}\n"));
            }

            await output.FlushAsync(cancellationToken);
        }
    }

    private static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/servers");
        await page.GetByLabel("User name").FillAsync(ConsoleApp.AdminName);
        await page.GetByLabel("Password").FillAsync(ConsoleApp.AdminPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Servers" }).WaitForAsync();
    }
}
