using System.Collections.Concurrent;
using System.ComponentModel;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Processes;

namespace McpConsole.Infrastructure.Servers;

/// <summary>
/// Servers on standard input and output behind the console's bridge. The bridge listens as long as the server is meant to run, so that
/// its URL stays while children come and go.
/// </summary>
internal sealed class BridgedRunSource(ServerDefinition definition, LaunchPlan plan, int port, RunSourceParts parts, RunObserver observer) : IRunSource
{
    private readonly ConcurrentDictionary<StdioChild, IDisposable> _sessionChildren = new();
    private IBridge? _bridge;
    private volatile bool _closed;

    private bool IsShared => definition.Launch is not CommandLaunch { Sharing: StdioSharing.PerSession };

    public async Task<Result<ServerRun>> LaunchAsync(CancellationToken cancellationToken)
    {
        if (_bridge is null)
        {
            _closed = false;
            var tap = new StdioTap(definition.RecordTraffic ? RecordTraffic : null, KeepNoise);
            var settings = new BridgeSettings(definition, port, SpawnForSessionAsync, tap, observer.ConnectionsChanged);
            if (!(await parts.Bridges.OpenAsync(settings, cancellationToken)).TryGet(out _bridge, out var refused))
            {
                return refused;
            }
        }

        if (!IsShared)
        {
            return new ServerRun(definition, _bridge.Url) { LaunchedAt = parts.Time.GetUtcNow(), Bridge = _bridge };
        }

        var line = ShellLine.Format(plan);
        var runId = Guid.NewGuid();
        var file = new RunFile(runId, ProcessTable.BootId, null, null, parts.Time.GetUtcNow(), port, definition.Revision, line, HoldsStreams: true);
        parts.Files.Write(definition.Id, file);
        if (!(await SpawnAsync(runId)).TryGet(out var child, out var error))
        {
            parts.Files.Delete(definition.Id);
            return error;
        }

        var process = child.Process;
        parts.Files.Write(definition.Id, file with { Pid = process.Pid, StartTicks = process.StartTicks, StartedAt = process.StartedAt });
        try
        {
            _bridge.Attach(child);
        }
        catch
        {
            // Whatever the fault, a child that nobody knows must not live on.
            await child.StopAsync();
            throw;
        }

        return new ServerRun(definition, _bridge.Url)
        {
            Id = runId,
            LaunchedAt = process.StartedAt,
            Process = process,
            Child = child,
            Bridge = _bridge,
            Info = new RunInfo(runId, process.Pid, process.StartTicks, process.StartedAt, port),
            CommandLine = line,
        };
    }

    public async Task<ExitStatus> StopAsync(ServerRun run)
    {
        if (run.Child is { } child)
        {
            return await child.StopAsync();
        }

        await CloseAsync();
        return new ExitStatus(null, null, parts.Time.GetUtcNow());
    }

    // Its own process ended: what is left is swept, and the sockets are closed.
    public async Task CleanUpAsync(ServerRun run)
    {
        if (run.Child is { } child)
        {
            await child.StopAsync();
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task CloseAsync()
    {
        _closed = true;
        if (_bridge is not null)
        {
            await _bridge.DisposeAsync();
            _bridge = null;
        }

        await Task.WhenAll(_sessionChildren.Keys.Select(child => child.StopAsync()));
    }

    private async Task<Result<IStdioChild>> SpawnForSessionAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!(await SpawnAsync(Guid.NewGuid())).TryGet(out var child, out var error))
            {
                return error;
            }

            _sessionChildren[child] = parts.Sampler.Watch(definition.Id, child.Pid, observer.Sampled);
            _ = ForgetAsync(child);
            if (_closed)
            {
                // The server was stopped meanwhile.
                await child.StopAsync();
            }

            return child;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or Win32Exception)
        {
            return ServerErrors.LaunchFault(definition.Name, fault.Message);
        }
    }

    private async Task ForgetAsync(StdioChild child)
    {
        await child.Process.Exited;
        await child.StopAsync();
        parts.Closer.Drain(definition.Id, child.Process.RunId);
        if (_sessionChildren.TryRemove(child, out var sampling))
        {
            sampling.Dispose();
        }
    }

    private async Task<Result<StdioChild>> SpawnAsync(Guid runId)
    {
        var spool = parts.Intake.CreateSpool(definition.Id, runId);
        parts.Intake.Attach(definition.Id, runId, StoredSecrets.Of(definition).All);
        var launched = await parts.Launcher.LaunchStdioAsync(plan, definition.Id, runId, spool, parts.Options.StopGrace);
        if (!launched.IsOk)
        {
            parts.Closer.Drain(definition.Id, runId);
        }

        return launched;
    }

    private void RecordTraffic(ReadOnlyMemory<byte> message, bool toChild)
    {
        var arrow = toChild ? "--> "u8 : "<-- "u8;
        var line = new byte[arrow.Length + message.Length];
        arrow.CopyTo(line);
        message.Span.CopyTo(line.AsSpan(arrow.Length));
        parts.Intake.Write(definition.Id, LogStream.Traffic, line);
    }

    private void KeepNoise(ReadOnlyMemory<byte> line) => parts.Intake.Write(definition.Id, LogStream.Stdout, line.Span);
}
