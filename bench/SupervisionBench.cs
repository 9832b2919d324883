using System.Diagnostics;
using System.Globalization;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Processes;
using McpConsole.Tests.Servers.Supervised;

namespace McpConsole.Bench;

/// <summary>
/// How soon killed programs are back, and what watching them costs. The worker is the one the peers were measured with: a shell that
/// appends its pid and the time in nanoseconds to a file, then sleeps. Peers on a 2-core machine: PM2 12.8 ms, runit 6.1 ms,
/// supervisord 2,010 ms median for one; 213, 121 and 252 ms for fifty.
/// </summary>
internal static class SupervisionBench
{
    private const int Kills = 30;
    private const int Servers = 50;
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        using var world = new ConsoleWorld();
        await using var console = await world.StartAsync(probe: new AlwaysAnswering());
        Table.Head("supervision", "median", "p95", "max");
        await KillOneAsync(world, console, cancellationToken);

        Table.Head($"{Servers} servers", "figure");
        var begin = Stopwatch.GetTimestamp();
        var ids = await Task.WhenAll(Enumerable.Range(0, Servers).Select(i => StartAsync(world, console, $"many-{i}", cancellationToken)));
        Table.Row("started, ms", Table.Number(Stopwatch.GetElapsedTime(begin).TotalMilliseconds));
        await KillAllAsync(world, console, ids, cancellationToken);
        await KillAllAsync(world, console, ids, cancellationToken);

        // The runtime goes on compiling for some seconds what the kills have made hot.
        await Task.Delay(s_idle / 2, TimeProvider.System, cancellationToken);
        var cpu = Environment.CpuUsage.TotalTime;
        await Task.Delay(s_idle, TimeProvider.System, cancellationToken);
        Table.Row("idle, % of one core", Table.Number(100 * (Environment.CpuUsage.TotalTime - cpu) / s_idle));
        Table.Row("resident, MB", Table.Number(Environment.WorkingSet / 1e6));
    }

    private static async Task KillOneAsync(ConsoleWorld world, SupervisedConsole console, CancellationToken cancellationToken)
    {
        var id = await StartAsync(world, console, "one", cancellationToken);
        var delays = new double[Kills];
        for (var i = 0; i < Kills; i++)
        {
            var pid = await RunningAsync(world, console, id, i + 1, cancellationToken);
            var killed = Nanoseconds();
            _ = Libc.Kill(pid, Libc.SigKill);
            var back = await LinesAsync(world, id, i + 2, cancellationToken);
            delays[i] = (back[^1] - killed) / 1e6;
        }

        Table.Row(
            $"kill -9 {Kills} times to the new process's first line, ms",
            Table.Number(Table.Quantile(delays, 0.5)),
            Table.Number(Table.Quantile(delays, 0.95)),
            Table.Number(delays[^1]));
    }

    private static async Task KillAllAsync(ConsoleWorld world, SupervisedConsole console, ServerId[] ids, CancellationToken cancellationToken)
    {
        var before = await Task.WhenAll(ids.Select(async id => (await LinesAsync(world, id, 1, cancellationToken)).Length));
        var pids = await Task.WhenAll(ids.Zip(before, (id, lines) => RunningAsync(world, console, id, lines, cancellationToken)));
        var killed = Nanoseconds();
        Array.ForEach(pids, pid => _ = Libc.Kill(pid, Libc.SigKill));
        var back = await Task.WhenAll(ids.Zip(before, async (id, lines) => (await LinesAsync(world, id, lines + 1, cancellationToken))[^1]));
        Table.Row("all killed at once until the last is back, ms", Table.Number((back.Max() - killed) / 1e6));
    }

    private static async Task<ServerId> StartAsync(ConsoleWorld world, SupervisedConsole console, string name, CancellationToken cancellationToken)
    {
        var lines = Path.Combine(world.Data.Root, name);
        var server = await console.CreateAsync(new ServerDraft
        {
            Name = name,
            Command = ["/bin/sh", "-c", $"echo $$ $(date +%s%N) >> {lines}; exec sleep 6000"],
            Transport = McpTransport.Streamable,
        });
        _ = (await console.Commands.StartAsync(server.Id, Actor.Console, wait: true, cancellationToken)).Value;
        return server.Id;
    }

    // The times in its file, once there are enough.
    private static async Task<long[]> LinesAsync(ConsoleWorld world, ServerId id, int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            var path = Path.Combine(world.Data.Root, world.Store.Servers[id].Definition.Name);
            var lines = File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken) : "";
            var whole = lines[..(lines.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (whole.Length >= count)
            {
                return [.. whole.Select(line => long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture))];
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<int> RunningAsync(ConsoleWorld world, SupervisedConsole console, ServerId id, int lines, CancellationToken cancellationToken)
    {
        await LinesAsync(world, id, lines, cancellationToken);
        while (console.Now(id).State != Lifecycle.Running)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
        }

        return console.Now(id).Run!.Pid;
    }

    private static long Nanoseconds() => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;

    private sealed class AlwaysAnswering : IServerProbe
    {
        public Task<ProbeResult> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken) =>
            Task.FromResult(new ProbeResult(new Health(HealthLevel.Healthy, HealthCause.Answering), 0));
    }
}
