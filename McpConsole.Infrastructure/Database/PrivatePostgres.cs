using System.Diagnostics;
using McpConsole.Infrastructure.Processes;
using Microsoft.Extensions.Logging;

namespace McpConsole.Infrastructure.Database;

/// <summary>
/// The console's own PostgreSQL: made on first use, started and stopped with the console, reachable over a Unix socket by the console's
/// user only. One caller at a time.
/// </summary>
internal sealed partial class PrivatePostgres(DataFolder data, TimeProvider time, ILogger<PrivatePostgres> logger) : IDisposable
{
    // SIGINT ends sessions and writes a checkpoint, SIGQUIT ends at once.
    private const int FastShutdown = 2;
    private const int ImmediateShutdown = 3;

    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_stopLimit = TimeSpan.FromSeconds(15);

    private readonly PostgresCluster _cluster = new(data);
    private Process? _child;
    private Postmaster? _postmaster;

    public string ConnectionString => _cluster.ConnectionString;

    public string Folder => _cluster.Folder;

    /// <summary>Completes when the server that this console started ends; for one taken over, look at <see cref="IsRunning"/>.</summary>
    public Task Exited { get; private set; } = new TaskCompletionSource().Task;

    /// <summary>May be asked while it is being started, stopped or disposed; a <see cref="Process"/> may not.</summary>
    public bool IsRunning => _child is not null ? !Exited.IsCompleted : _postmaster is { IsAlive: true };

    /// <summary>Starts it unless it runs: makes the cluster first, or takes over the server that a killed console left.</summary>
    /// <exception cref="DatabaseUnavailableException">It did not start; the message says why and what to do.</exception>
    public async Task EnsureRunningAsync(CancellationToken cancellationToken)
    {
        if (IsRunning)
        {
            return;
        }

        var started = time.GetTimestamp();
        if (Postmaster.Find(_cluster.Folder) is { } leftover)
        {
            await WaitUntilReadyAsync(leftover, () => leftover.IsAlive, cancellationToken);
            _child?.Dispose();
            (_child, _postmaster, Exited) = (null, leftover, new TaskCompletionSource().Task);
            LogReused(leftover.Pid, time.GetElapsedTime(started));
            return;
        }

        data.Create();
        var user = await PostgresUser.ForAsync(_cluster.Exists ? _cluster.Folder : data.Root, cancellationToken);
        var programs = await PostgresPrograms.FindAsync(
            _cluster.Exists ? await _cluster.ReadMajorAsync(cancellationToken) : null, cancellationToken);
        if (!_cluster.Exists)
        {
            await MakeClusterAsync(programs, user, cancellationToken);
        }

        if (_cluster.Socket != _cluster.Folder)
        {
            await SocketFolder.CreateAsync(_cluster.Socket, user, cancellationToken);
        }

        Postmaster.ForgetStranger(_cluster.Folder);
        await StartAsync(programs, user, cancellationToken);
        LogStarted(programs.Major, _postmaster!.Pid, time.GetElapsedTime(started));
    }

    /// <summary>Stops it: sessions are ended, the data is on disk when it returns.</summary>
    public async Task StopAsync()
    {
        if (_postmaster is not { } postmaster || !IsRunning)
        {
            return;
        }

        Libc.Kill(postmaster.Pid, FastShutdown);
        using var limit = new CancellationTokenSource(s_stopLimit, time);
        while (IsRunning && !limit.IsCancellationRequested)
        {
            await Task.Delay(s_step, time, CancellationToken.None);
        }

        if (IsRunning)
        {
            LogStopForced(postmaster.Pid);
            Libc.Kill(postmaster.Pid, ImmediateShutdown);
        }
    }

    public void Dispose() => _child?.Dispose();

    // Made beside its place and moved there when complete: an interrupted initdb leaves nothing that looks like a cluster.
    private async Task MakeClusterAsync(PostgresPrograms programs, PostgresUser? user, CancellationToken cancellationToken)
    {
        if (Directory.Exists(_cluster.Folder) && Directory.EnumerateFileSystemEntries(_cluster.Folder).Any())
        {
            throw new DatabaseUnavailableException($"{_cluster.Folder} holds files that are not a PostgreSQL cluster. Move them away.");
        }

        var draft = _cluster.Folder + ".new";
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }

        Directory.CreateDirectory(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (user is not null)
        {
            await user.TakeOverAsync(draft, cancellationToken);
        }

        await ShortCommand.RunAsync(PostgresCluster.InitCommand(draft, programs, user), cancellationToken);
        if (Directory.Exists(_cluster.Folder))
        {
            Directory.Delete(_cluster.Folder);
        }

        Directory.Move(draft, _cluster.Folder);
    }

    private async Task StartAsync(PostgresPrograms programs, PostgresUser? user, CancellationToken cancellationToken)
    {
        _child?.Dispose();
        var child = new Process { StartInfo = ShortCommand.Describe(_cluster.StartCommand(programs, user)) };
        ShortCommand.Start(child);
        // Every program on the way replaces itself by the next, so the pid is the server's.
        (Exited, _postmaster, _child) = (child.WaitForExitAsync(CancellationToken.None), new Postmaster(child.Id), child);
        await WaitUntilReadyAsync(_postmaster, () => IsRunning, cancellationToken);
    }

    private async Task WaitUntilReadyAsync(Postmaster postmaster, Func<bool> lives, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!postmaster.IsReady(_cluster.Folder))
        {
            if (!lives())
            {
                throw new DatabaseUnavailableException($"The private PostgreSQL in {Folder} did not start: {_cluster.LastWords()}");
            }

            if (time.GetElapsedTime(started) > s_startLimit)
            {
                throw new DatabaseUnavailableException($"The private PostgreSQL in {Folder} is not ready after {s_startLimit.TotalMinutes} minutes.");
            }

            await Task.Delay(s_step, time, cancellationToken);
        }
    }

    [LoggerMessage(6000, LogLevel.Information, "Private PostgreSQL {Major} started as process {Pid} in {Elapsed}")]
    private partial void LogStarted(int major, int pid, TimeSpan elapsed);

    [LoggerMessage(6001, LogLevel.Information, "Private PostgreSQL of an earlier console taken over: process {Pid}, in {Elapsed}")]
    private partial void LogReused(int pid, TimeSpan elapsed);

    [LoggerMessage(6002, LogLevel.Warning, "Private PostgreSQL, process {Pid}, did not stop in time and is ended at once; it recovers at its next start")]
    private partial void LogStopForced(int pid);
}
