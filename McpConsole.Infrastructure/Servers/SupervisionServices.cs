using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Database;
using McpConsole.Infrastructure.Processes;
using McpConsole.Infrastructure.Servers;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

public static class SupervisionServices
{
    /// <summary>
    /// Registers the catalog, the commands and the supervisor of servers. Needs a <see cref="McpConsole.Infrastructure.DataFolder"/>, the
    /// stores, the log intake, an <see cref="IServerProbe"/> and an <see cref="IBridgeHost"/>. Call it after those: hosted services stop in
    /// reverse order, and servers that are laid down still print.
    /// </summary>
    public static IServiceCollection AddServerSupervision(this IServiceCollection services)
    {
        services.AddOptions<SupervisionOptions>().ValidateOnStart();
        services.TryAddSingleton<SupervisionOptionsSetup>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<SupervisionOptions>, SupervisionOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<SupervisionOptions>, SupervisionOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SupervisionOptions>, SupervisionOptionsSetup>());
        services.AddDataProtection();
        services.TryAddSingleton(TimeProvider.System);
        return services.AddProcesses().AddServers();
    }

    private static IServiceCollection AddProcesses(this IServiceCollection services)
    {
        services.TryAddSingleton<Spawner>();
        services.TryAddSingleton<ExitWatcher>();
        services.TryAddSingleton<RunSweeper>();
        services.TryAddSingleton<RunStopper>();
        services.TryAddSingleton<ProcessLauncher>();
        services.TryAddSingleton<RunFiles>();
        services.TryAddSingleton<PortAllocator>();
        services.TryAddSingleton<ResourceSampler>();
        return services;
    }

    private static IServiceCollection AddServers(this IServiceCollection services)
    {
        services.TryAddSingleton<DataFolderLock>();
        services.TryAddSingleton<ServerCatalog>();
        services.TryAddSingleton<IServerCatalog>(p => p.GetRequiredService<ServerCatalog>());
        services.TryAddSingleton<RunSourceParts>();
        services.TryAddSingleton<RunSources>();
        services.TryAddSingleton<ILaunchPreview>(p => p.GetRequiredService<RunSources>());
        services.TryAddSingleton<SecretProtector>();
        services.TryAddSingleton<DefinitionJson>();
        services.TryAddSingleton<LocalDefinitions>();
        services.TryAddSingleton<DesiredStates>();
        services.TryAddSingleton<ServerWishes>();
        services.TryAddSingleton<ServerReporter>();
        services.TryAddSingleton<RunCloser>();
        services.TryAddSingleton<ActorParts>();
        services.TryAddSingleton<ServerRegistry>();
        services.TryAddSingleton<RunRecovery>();
        services.TryAddSingleton<ServerCommands>();
        services.TryAddSingleton<IServerCommands>(p => p.GetRequiredService<ServerCommands>());
        services.TryAddSingleton<ServerSupervisor>();

        // Stopped in the reverse order: the last wishes of the servers are written after the servers are laid down.
        services.AddHostedSingleton<DesiredStates>().AddHostedSingleton<ResourceSampler>().AddHostedSingleton<ServerSupervisor>();
        return services;
    }

    private static IServiceCollection AddHostedSingleton<T>(this IServiceCollection services)
        where T : class, IHostedService
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, T>(p => p.GetRequiredService<T>()));
        return services;
    }
}
