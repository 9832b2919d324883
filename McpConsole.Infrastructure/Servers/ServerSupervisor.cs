using McpConsole.Domain.Servers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpConsole.Infrastructure.Servers;

/// <summary>
/// Takes up the servers when the console starts, from their copies in the data folder at once and from the database as soon as it
/// answers, and lays them down when it stops.
/// </summary>
internal sealed partial class ServerSupervisor(
    DataFolderLock folder,
    LocalDefinitions local,
    IServerStore store,
    ServerRegistry registry,
    ServerCommands commands,
    RunRecovery recovery,
    IOptions<SupervisionOptions> options,
    TimeProvider time,
    ILogger<ServerSupervisor> logger) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(2);

    /// <summary>Before anything is started, the private database included: a second console must not touch the folder.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) =>
        folder.TryTake().TryGet(out _, out var taken) ? Task.CompletedTask : throw new InvalidOperationException(taken.Message);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TakeUpAsync(local.ReadAll());
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(registry.All.Select(server => server.ShutDownAsync(options.Value.KeepServers))).WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                var known = registry.All.ToList();
                await ReconcileAsync(known, await store.LoadAllAsync(stoppingToken));
                return;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // Whatever the adapter throws: the servers of the data folder are supervised meanwhile.
                LogNotLoaded(registry.All.Count, fault.Message);
                await Task.Delay(s_retry, time, stoppingToken);
            }
        }
    }

    // The database is the truth about what servers there are; what one shall do, its copy knows best: it is written even when the
    // database is away. A server made while it was being read is not among those known before, and stays.
    private async Task ReconcileAsync(List<ServerActor> known, LoadedServers stored)
    {
        await TakeUpAsync([.. stored.Servers.Where(s => registry.Find(s.Definition.Id) is null)]);
        foreach (var server in known)
        {
            var definition = server.Snapshot.Definition;
            if (stored.Unreadable.Contains(definition.Id))
            {
                // The copy is all that is left of it.
                continue;
            }

            if (stored.Servers.FirstOrDefault(s => s.Definition.Id == definition.Id) is not { } truth)
            {
                LogGone(definition.Name);
                await commands.RemoveAsync(server);
            }
            else if (truth.Definition.Revision > definition.Revision)
            {
                await server.UpdateAsync(truth.Definition);
            }
        }
    }

    private async Task TakeUpAsync(IReadOnlyList<StoredServer> servers)
    {
        if (servers.Count == 0)
        {
            return;
        }

        var marked = RunRecovery.FindMarked();
        await Task.WhenAll(servers.Select(server => TakeUpAsync(server, marked)));
    }

    private async Task TakeUpAsync(StoredServer server, ILookup<ServerId, MarkedProcess> marked)
    {
        var actor = registry.Add(server);
        try
        {
            var adopted = await recovery.RecoverAsync(server.Definition, actor, marked[server.Definition.Id]);
            if (adopted && !server.ShallRun && !server.Definition.AutoStart)
            {
                await actor.StopAsync(wait: false, CancellationToken.None);
            }
            else if (!adopted && (server.ShallRun || server.Definition.AutoStart))
            {
                await actor.StartAsync(wait: false, CancellationToken.None);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Whatever is wrong with what one server left behind must not keep the console from the others. It stays stopped: what runs of
            // it is not known.
            LogNotTakenUp(fault, server.Definition.Name);
        }
    }

    [LoggerMessage(1002, LogLevel.Warning, "The servers were not loaded from the database, tried again shortly; {Count} from the data folder are supervised meanwhile: {Reason}")]
    private partial void LogNotLoaded(int count, string reason);

    [LoggerMessage(1003, LogLevel.Warning, "Server {Name} is not in the database any more: it is stopped and removed.")]
    private partial void LogGone(string name);

    [LoggerMessage(1007, LogLevel.Error, "Server {Name} was not taken up; start it by hand when the cause is mended.")]
    private partial void LogNotTakenUp(Exception fault, string name);
}
