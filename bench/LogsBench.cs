using System.Diagnostics;
using System.Globalization;
using System.Text;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure;
using McpConsole.Infrastructure.Logs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpConsole.Bench;

/// <summary>
/// One child prints 1,000,000 lines of 100 bytes through a spool file into a server's log; then the log is searched and followed.
/// Measured peers (same machine class): PM2 1.45 M lines/s, svlogd 0.56 M, supervisord 7.1 M as a raw copy without lines or times.
/// </summary>
internal static class LogsBench
{
    private const int Lines = 1_000_000;
    private const int LineBytes = 100;
    private const int Runs = 3;
    private const string RareWord = "Quetzalcoatlus";

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("mcpconsole-bench-").FullName;
        try
        {
            var input = Path.Combine(folder, "input");
            await File.WriteAllBytesAsync(input, MakeLines(), cancellationToken);
            Table.Head("step", "best", "all runs");
            await CopyAsync(input, Path.Combine(folder, "copy"), cancellationToken);
            await IntakeAsync(input, Path.Combine(folder, "plain"), "1g", cancellationToken);
            await IntakeAsync(input, Path.Combine(folder, "rotated"), "10m", cancellationToken);
            await FollowAsync(Path.Combine(folder, "followed"), cancellationToken);
            await IdleAsync(Path.Combine(folder, "idle"), cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task CopyAsync(string input, string target, CancellationToken cancellationToken)
    {
        var rates = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            var clock = Stopwatch.StartNew();
            await CatAsync(input, target, cancellationToken);
            rates.Add(Lines / clock.Elapsed.TotalSeconds);
            File.Delete(target);
        }

        Row("limit: cat file >> file", rates);
    }

    private static async Task IntakeAsync(string input, string folder, string segment, CancellationToken cancellationToken)
    {
        await using var console = await StartAsync(folder, segment, cancellationToken);
        var (intake, store) = (console.GetRequiredService<ILogIntake>(), console.GetRequiredService<ILogStore>());
        var rates = new List<double>();
        var (allocated, processor) = (0L, TimeSpan.Zero);
        ServerId server = default;
        for (var run = 0; run < Runs; run++)
        {
            server = new ServerId(Guid.NewGuid());
            var runId = Guid.NewGuid();
            var spool = intake.CreateSpool(server, runId);
            intake.Attach(server, runId, [new Secret("a-secret-of-the-run")]);
            (allocated, processor) = (GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime);
            var clock = Stopwatch.StartNew();
            await CatAsync(input, spool.Stdout, cancellationToken);
            await intake.DrainAsync(server, runId, cancellationToken);
            rates.Add(Lines / clock.Elapsed.TotalSeconds);
            (allocated, processor) = (GC.GetTotalAllocatedBytes() - allocated, Environment.CpuUsage.TotalTime - processor);
        }

        Row($"child → spool → log, segments of {segment}", rates);
        await store.ApplyRetentionAsync(cancellationToken);
        Table.Row("… lost or doubled", $"{await LostAsync(store, server, cancellationToken)} of {Lines}", $"{allocated / 1024 / 1024.0:0.0} MB allocated, {processor.TotalMilliseconds:0} ms CPU");
        Table.Row("… on disk", $"{store.Extent(server).Bytes / 1024.0 / 1024.0:0.0} MiB", "");
        await SearchAsync("… search, rare word", store, server, new LogQuery { Text = RareWord.ToLowerInvariant() }, cancellationToken);
        await SearchAsync("… search, regex", store, server, new LogQuery { Text = "Quetz[a-z]+us", Regex = true }, cancellationToken);
        await SearchAsync("… search, errors", store, server, new LogQuery { MinimumLevel = LineLevel.Error, Limit = 10 }, cancellationToken);
    }

    private static async Task SearchAsync(string name, ILogStore store, ServerId server, LogQuery query, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        var hits = 0;
        for (var run = 0; run < Runs; run++)
        {
            var clock = Stopwatch.StartNew();
            hits = 0;
            await foreach (var step in store.SearchAsync([server], query, cancellationToken))
            {
                hits += step.Hits.Count;
            }

            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        Table.Row(name, $"{Table.Number(times.Min())} ms", $"{hits} hits; {string.Join(", ", times.Select(Table.Number))} ms");
    }

    private static async Task FollowAsync(string folder, CancellationToken cancellationToken)
    {
        const int Seconds = 5;
        const int PerTick = 100;
        await using var console = await StartAsync(folder, "10m", cancellationToken);
        var (intake, store) = (console.GetRequiredService<ILogIntake>(), console.GetRequiredService<ILogStore>());
        var (server, runId) = (new ServerId(Guid.NewGuid()), Guid.NewGuid());
        var spool = intake.CreateSpool(server, runId);
        intake.Attach(server, runId, []);
        var processor = Environment.CpuUsage.TotalTime;

        var writer = Task.Run(
            async () =>
            {
                await using var file = new FileStream(spool.Stdout, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 1);
                using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
                for (var tick = 0; tick < Seconds * 100 && await timer.WaitForNextTickAsync(cancellationToken); tick++)
                {
                    var line = $"{Stopwatch.GetTimestamp()} INFO a request was answered in {tick} ms with what was asked for\n";
                    await file.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, PerTick))), cancellationToken);
                }
            },
            cancellationToken);

        var (seen, skipped) = (0L, 0L);
        var delays = new List<double>();
        await foreach (var batch in store.FollowAsync(server, 0, cancellationToken))
        {
            (seen, skipped) = (seen + batch.Lines.Count, skipped + batch.Skipped);
            var written = long.Parse(batch.Lines[^1].Text.AsSpan(0, batch.Lines[^1].Text.IndexOf(' ')), CultureInfo.InvariantCulture);
            delays.Add(Stopwatch.GetElapsedTime(written).TotalMilliseconds);
            if (seen + skipped == Seconds * 100 * PerTick)
            {
                break;
            }
        }

        await writer;
        processor = Environment.CpuUsage.TotalTime - processor;
        double[] sorted = [.. delays];
        Table.Row(
            "follow 10,000 lines/s",
            $"{Table.Number(Table.Quantile(sorted, 0.5))} ms behind (p99 {Table.Number(Table.Quantile(sorted, 0.99))})",
            $"{seen} seen, {skipped} skipped, {processor.TotalMilliseconds / Seconds / 10:0.0} % CPU");
    }

    private static async Task IdleAsync(string folder, CancellationToken cancellationToken)
    {
        const int Servers = 50;
        var window = TimeSpan.FromSeconds(5);
        await using var console = await StartAsync(folder, "10m", cancellationToken);
        var intake = console.GetRequiredService<ILogIntake>();
        for (var i = 0; i < Servers; i++)
        {
            var (server, runId) = (new ServerId(Guid.NewGuid()), Guid.NewGuid());
            await File.WriteAllTextAsync(intake.CreateSpool(server, runId).Stdout, "ready\n", cancellationToken);
            intake.Attach(server, runId, []);
        }

        await Task.Delay(window, cancellationToken);
        var processor = Environment.CpuUsage.TotalTime;
        await Task.Delay(window, cancellationToken);
        processor = Environment.CpuUsage.TotalTime - processor;
        Table.Row($"{Servers} servers that print nothing", $"{processor / window * 100:0.00} % CPU", "");
    }

    private static async Task<long> LostAsync(ILogStore store, ServerId server, CancellationToken cancellationToken)
    {
        var (wrong, expected) = (0L, 0);
        var next = store.Extent(server).FirstSequence;
        while (await store.ReadRangeAsync(server, next, 10_000, cancellationToken) is { Count: > 0 } lines)
        {
            foreach (var line in lines)
            {
                wrong += int.Parse(line.Text.AsSpan(0, 7), CultureInfo.InvariantCulture) == expected++ ? 0 : 1;
            }

            next = lines[^1].Sequence + 1;
        }

        return wrong + Math.Abs(Lines - expected);
    }

    private static byte[] MakeLines()
    {
        string[] words = ["request", "answered", "upstream", "session", "tool", "called", "waiting", "INFO", "client", "closed", "opened", "cache", "200", "404"];
        var random = new Random(1);
        var text = new StringBuilder(Lines * LineBytes);
        for (var i = 0; i < Lines; i++)
        {
            var end = text.Length + LineBytes - 1;
            text.Append(CultureInfo.InvariantCulture, $"{i:D7} ");
            text.Append(i == 543_210 ? RareWord : "");
            while (text.Length < end)
            {
                text.Append(' ').Append(words[random.Next(words.Length)]).Append(' ').Append(CultureInfo.InvariantCulture, $"{random.Next(100_000):x}");
            }

            text.Length = end;
            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static async Task CatAsync(string input, string target, CancellationToken cancellationToken)
    {
        using var child = Process.Start(new ProcessStartInfo("sh", ["-c", "cat \"$0\" >> \"$1\"", input, target]) { UseShellExecute = false })!;
        await child.WaitForExitAsync(cancellationToken);
    }

    private static async Task<ServiceProvider> StartAsync(string folder, string segment, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(DataFolder.At(folder));
        services.AddServerLogs().Configure<LogOptions>(options => options.MaxSize = segment);
        var console = services.BuildServiceProvider();
        foreach (var hosted in console.GetServices<IHostedService>())
        {
            await hosted.StartAsync(cancellationToken);
        }

        return console;
    }

    private static void Row(string step, List<double> rates) =>
        Table.Row(step, $"{rates.Max() / 1e6:0.00} M lines/s", string.Join(", ", rates.Select(rate => $"{rate / 1e6:0.00}")));
}
