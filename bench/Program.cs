using System.Globalization;
using McpConsole.Bench;

// Each bench measures the console's part beside a peer or a limit in the same run and prints rows for bench/README.md.
Dictionary<string, Func<CancellationToken, Task>> benches = new()
{
    ["bridge"] = BridgeBench.RunAsync,
    ["console"] = ConsoleBench.RunAsync,
    ["logpage"] = LogPageBench.RunAsync,
    ["logs"] = LogsBench.RunAsync,
    ["runner"] = RunnerBench.RunAsync,
    ["supervision"] = SupervisionBench.RunAsync,
};

if (args is ["lines", var rate, var seconds])
{
    await LogPageBench.WriteAsync(int.Parse(rate, CultureInfo.InvariantCulture), int.Parse(seconds, CultureInfo.InvariantCulture), CancellationToken.None);
    return 0;
}

if (args is not [var name] || !benches.TryGetValue(name, out var run))
{
    await Console.Error.WriteLineAsync($"usage: dotnet run --project bench -c Release -- {string.Join('|', benches.Keys)}");
    return 2;
}

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    interrupted.Cancel();
};
await run(interrupted.Token);
return 0;
