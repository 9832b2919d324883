using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using McpConsole.E2E;

namespace McpConsole.Bench;

/// <summary>
/// The whole console with 50 servers: killed with SIGKILL and started again, it must find each of them, start none twice and lose none.
/// Measured peers (50 programs, same machine class): supervisord and PM2 run 100 copies after that, runit 50.
/// </summary>
internal static class ConsoleBench
{
    private const int Servers = 50;
    private static readonly string s_mark = "MCPCONSOLE_SERVER_ID=";

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var app = ConsoleApp.Unattended();
        await app.StartAsync(cancellationToken);
        using var api = app.Api();
        api.Timeout = TimeSpan.FromMinutes(2);
        var started = Stopwatch.StartNew();
        await CreateAsync(api, cancellationToken);
        await AllRunningAsync(api, cancellationToken);
        Table.Head("step", "result");
        Table.Row($"create and start {Servers} servers until all answer MCP", $"{Table.Number(started.Elapsed.TotalSeconds)} s");

        var before = await PidsAsync(api, cancellationToken);
        var allAtOnce = Stopwatch.StartNew();
        foreach (var pid in before.Values)
        {
            using var victim = Process.GetProcessById(pid);
            victim.Kill();
        }

        var after = await AllReplacedAsync(api, before, cancellationToken);
        Table.Row($"kill -9 of all {Servers} servers until each has a new process", $"{Table.Number(allAtOnce.Elapsed.TotalMilliseconds)} ms");
        await AllRunningAsync(api, cancellationToken);
        Table.Row("… until all answer MCP again", $"{Table.Number(allAtOnce.Elapsed.TotalMilliseconds)} ms");

        await app.KillAsync(cancellationToken);
        Table.Row("copies alive while the console is dead", $"{Copies(app).Count}");
        var back = Stopwatch.StartNew();
        await app.StartAsync(cancellationToken);
        await AllRunningAsync(api, cancellationToken);
        Table.Row("console back, all servers running", $"{Table.Number(back.Elapsed.TotalMilliseconds)} ms");
        var copies = Copies(app);
        var same = (await PidsAsync(api, cancellationToken)).Count(pair => after[pair.Key] == pair.Value);
        Table.Row("copies after the restart", $"{copies.Count} of {copies.Distinct(StringComparer.Ordinal).Count()} servers, {same} with the same pid");
        var code = await app.StopAsync(cancellationToken);
        Table.Row("left after a graceful stop", $"{Copies(app).Count} (exit code {code})");
    }

    private static async Task CreateAsync(HttpClient api, CancellationToken cancellationToken)
    {
        var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "McpConsole.FakeServer", "release", "McpConsole.FakeServer"));
        for (var i = 0; i < Servers; i++)
        {
            using var answer = await api.PostAsJsonAsync(
                "/api/servers", new { name = $"worker-{i:00}", command = new[] { program, "--port", "{port}" }, transport = "streamable" }, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }

        var page = await api.GetFromJsonAsync<JsonElement>($"/api/servers?size={Servers}", cancellationToken);
        var ids = page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString());
        using var bulk = await api.PostAsJsonAsync("/api/servers/bulk", new { ids, action = "start" }, cancellationToken);
        bulk.EnsureSuccessStatusCode();
    }

    private static Task AllRunningAsync(HttpClient api, CancellationToken cancellationToken) =>
        UntilAsync(async () => (await api.GetFromJsonAsync<JsonElement>("/api/servers?state=running&size=1", cancellationToken)).GetProperty("total").GetInt32() == Servers, cancellationToken);

    private static async Task<Dictionary<string, int>> AllReplacedAsync(HttpClient api, Dictionary<string, int> before, CancellationToken cancellationToken)
    {
        Dictionary<string, int> now = [];
        await UntilAsync(
            async () =>
            {
                now = await PidsAsync(api, cancellationToken);
                return now.Count == Servers && now.All(pair => before[pair.Key] != pair.Value);
            },
            cancellationToken);
        return now;
    }

    private static async Task<Dictionary<string, int>> PidsAsync(HttpClient api, CancellationToken cancellationToken)
    {
        var page = await api.GetFromJsonAsync<JsonElement>($"/api/processes?size={Servers}", cancellationToken);
        return page.GetProperty("items").EnumerateArray().ToDictionary(item => item.GetProperty("serverId").GetString()!, item => item.GetProperty("pid").GetInt32());
    }

    /// <summary>The server ids of all live processes that carry the mark of this console's servers, from the kernel and not from the console.</summary>
    private static List<string> Copies(ConsoleApp app)
    {
        var ids = Directory.GetDirectories(Path.Combine(app.DataFolder, "servers")).Select(Path.GetFileName).ToHashSet(StringComparer.Ordinal);
        var found = new List<string>();
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(path[6])))
        {
            try
            {
                var environment = Encoding.UTF8.GetString(File.ReadAllBytes($"{process}/environ")).Split('\0');
                var mark = Array.Find(environment, entry => entry.StartsWith(s_mark, StringComparison.Ordinal));
                if (mark is not null && ids.Contains(mark[s_mark.Length..]))
                {
                    found.Add(mark[s_mark.Length..]);
                }
            }
            catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
            {
                // It ended while being looked at.
            }
        }

        return found;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
