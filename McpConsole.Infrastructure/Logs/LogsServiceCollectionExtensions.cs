using McpConsole.Domain.Logs;
using McpConsole.Infrastructure.Logs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

public static class LogsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the intake, the store and the retention of the servers' logs. Needs a <see cref="McpConsole.Infrastructure.DataFolder"/>;
    /// reads LOG_MAX_FILES, LOG_MAX_SIZE and LOG_MAX_DAYS where there is a configuration.
    /// </summary>
    public static IServiceCollection AddServerLogs(this IServiceCollection services)
    {
        services.AddOptions<LogOptions>()
            .Configure<IServiceProvider>((options, provider) =>
            {
                var configuration = provider.GetService<IConfiguration>();
                options.MaxFiles = configuration?.GetValue<int?>("LOG_MAX_FILES") ?? options.MaxFiles;
                options.MaxSize = configuration?["LOG_MAX_SIZE"] ?? options.MaxSize;
                options.MaxDays = configuration?.GetValue<int?>("LOG_MAX_DAYS") ?? options.MaxDays;
            })
            .ValidateDataAnnotations()
            .ValidateOnStart();

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ServerLogs>();
        services.TryAddSingleton<LogRetention>();
        services.TryAddSingleton<IntakeLoop>();
        services.TryAddSingleton<ILogIntake, LogIntake>();
        services.TryAddSingleton<ILogStore, LogStore>();
        services.AddHostedService(provider => provider.GetRequiredService<LogRetention>());
        services.AddHostedService(provider => provider.GetRequiredService<IntakeLoop>());
        return services;
    }
}
