using System.Collections.Concurrent;
using McpConsole.Domain.Servers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpConsole.Infrastructure.Servers;

/// <summary>
/// Writes which servers shall run to the database, later when it is away: starting and stopping never wait for it. Of each server the
/// newest wish alone counts.
/// </summary>
internal sealed partial class DesiredStates(IServerStore store, TimeProvider time, ILogger<DesiredStates> logger) : BackgroundService
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<ServerId, Wish> _pending = new();
    private readonly SemaphoreSlim _changed = new(0);

    public void Set(ServerId server, bool shallRun, int? port)
    {
        _pending[server] = new Wish(shallRun, port);
        _changed.Release();
    }

    public void Forget(ServerId server) => _pending.TryRemove(server, out _);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAllAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _changed.WaitAsync(stoppingToken);
            while (!await WriteAllAsync(stoppingToken))
            {
                await Task.Delay(s_retry, time, stoppingToken);
            }
        }
    }

    private async Task<bool> WriteAllAsync(CancellationToken cancellationToken)
    {
        foreach (var (server, wish) in _pending)
        {
            try
            {
                await store.SaveDesiredAsync(server, wish.ShallRun, wish.Port, cancellationToken);

                // Only this wish: a newer one that came meanwhile stays.
                _pending.TryRemove(new KeyValuePair<ServerId, Wish>(server, wish));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // Whatever the adapter throws, the wish is kept and tried again.
                LogNotSaved(_pending.Count, fault.Message);
                return false;
            }
        }

        return true;
    }

    [LoggerMessage(1010, LogLevel.Warning, "The database does not take what {Count} servers shall do; tried again shortly: {Reason}")]
    private partial void LogNotSaved(int count, string reason);

    private sealed record Wish(bool ShallRun, int? Port);
}
