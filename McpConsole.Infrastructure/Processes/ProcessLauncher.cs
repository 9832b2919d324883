using System.ComponentModel;
using System.Runtime.InteropServices;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using Microsoft.Extensions.Logging;

namespace McpConsole.Infrastructure.Processes;

/// <summary>Turns a plan into a running process.</summary>
internal sealed partial class ProcessLauncher(
    Spawner spawner, ExitWatcher exits, RunStopper stopper, DataFolder data, TimeProvider time, ILogger<ProcessLauncher> logger)
{
    private readonly string? _setpriv = FindSetpriv();
    private bool _warned;

    /// <summary>Starts a server that listens by itself; both its streams go to the spool.</summary>
    public Task<Result<LiveProcess>> LaunchAsync(LaunchPlan plan, ServerId server, Guid runId, SpoolPaths spool) =>
        LaunchAsync(plan, server, runId, ChildStream.Nothing, ChildStream.AppendTo(spool.Stdout), ChildStream.AppendTo(spool.Stderr), diesWithConsole: false);

    /// <summary>Starts a server whose standard input and output the console holds; its standard error goes to the spool.</summary>
    public async Task<Result<StdioChild>> LaunchStdioAsync(LaunchPlan plan, ServerId server, Guid runId, SpoolPaths spool, TimeSpan grace)
    {
        var (ourInput, childInput) = SocketPair();
        var (ourOutput, childOutput) = SocketPair();
        var launched = await LaunchAsync(
            plan, server, runId, ChildStream.From(childInput), ChildStream.From(childOutput), ChildStream.AppendTo(spool.Stderr), diesWithConsole: true);
        _ = Libc.Close(childInput);
        _ = Libc.Close(childOutput);
        if (launched.TryGet(out var process, out var error))
        {
            return new StdioChild(process, ourInput, ourOutput, stopper, grace, time);
        }

        _ = Libc.Close(ourInput);
        _ = Libc.Close(ourOutput);
        return error;
    }

    private async Task<Result<LiveProcess>> LaunchAsync(
        LaunchPlan plan, ServerId server, Guid runId, ChildStream input, ChildStream output, ChildStream errors, bool diesWithConsole)
    {
        var environment = ChildEnvironment.Build(plan, server, runId, data.Plans);
        var directory = plan.WorkingDirectory;
        if (directory is not null && Libc.Access(directory, Libc.ExecutePermission) != 0)
        {
            return LaunchErrors.NoDirectory(directory);
        }

        if (!ProgramFinder.Find(plan.Argv[0], environment.GetValueOrDefault("PATH"), directory ?? Environment.CurrentDirectory).TryGet(out var path, out var missing))
        {
            return missing;
        }

        var (file, argv) = diesWithConsole ? Tied(path, plan.Argv) : (path, plan.Argv);
        var request = new SpawnRequest(file, argv, [.. environment.Select(e => $"{e.Key}={e.Value}")], directory, input, output, errors);
        var (number, pid) = await spawner.SpawnAsync(request);
        return number switch
        {
            0 => Follow(pid, runId, plan.Limits),
            Libc.ENoExec => LaunchErrors.NotAProgram(path),
            Libc.EAccess => LaunchErrors.NotExecutable(path),

            // The file was there a moment ago: what is missing is the interpreter on its first line.
            Libc.ENoEnt => LaunchErrors.NotAProgram(path),
            _ => LaunchErrors.Refused(path, number),
        };
    }

    private LiveProcess Follow(int pid, Guid runId, ResourceLimits limits)
    {
        // Until it is waited for, a child that ended at once still has its number and its stat.
        var startTicks = ProcessStat.Read(pid)?.StartTicks ?? 0;
        Apply(limits, pid);
        return new LiveProcess(runId, pid, startTicks, time.GetUtcNow(), exits.WatchAsync(pid));
    }

    // Set from outside within microseconds of the start, and inherited by all that it starts. Children inherit both.
    private unsafe void Apply(ResourceLimits limits, int pid)
    {
        const int OpenFiles = 7;
        if (limits.OpenFiles is { } files)
        {
            var pair = stackalloc ulong[] { (ulong)files, (ulong)files };
            Check(Libc.ResourceLimit(pid, OpenFiles, pair, null), pid, "open files");
        }

        if (limits.Nice is { } nice)
        {
            Check(Libc.SetPriority(0, pid, nice), pid, "priority");
        }
    }

    private void Check(int result, int pid, string limit)
    {
        if (result != 0)
        {
            LogLimitNotSet(pid, limit, new Win32Exception(Marshal.GetLastPInvokeError()).Message);
        }
    }

    private (string File, IReadOnlyList<string> Argv) Tied(string path, IReadOnlyList<string> argv)
    {
        if (_setpriv is not null)
        {
            return (_setpriv, ["setpriv", "--pdeathsig", "KILL", "--", path, .. argv.Skip(1)]);
        }

        if (!_warned)
        {
            _warned = true;
            LogNoSetpriv();
        }

        return (path, argv);
    }

    // As Node does for its children: unlike pipes, sockets take part in asynchronous I/O on our side.
    private static unsafe (int Ours, int Childs) SocketPair()
    {
        const int Unix = 1;
        const int Stream = 1;
        var fds = stackalloc int[2];
        return Libc.SocketPair(Unix, Stream | Libc.OCloseOnExec, 0, fds) == 0
            ? (fds[0], fds[1])
            : throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    private static string? FindSetpriv() =>
        ProgramFinder.Find("setpriv", Environment.GetEnvironmentVariable("PATH"), "/").TryGet(out var path, out _) ? path : null;

    [LoggerMessage(1510, LogLevel.Warning, "Process {Pid}: its limit on {Limit} was not set: {Reason}")]
    private partial void LogLimitNotSet(int pid, string limit, string reason);

    [LoggerMessage(1511, LogLevel.Warning, "There is no setpriv (util-linux): stdio servers outlive a killed console until it is started again.")]
    private partial void LogNoSetpriv();
}
