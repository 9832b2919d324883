using System.Data.Common;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure;
using McpConsole.Infrastructure.Database;
using McpConsole.Infrastructure.Processes;
using McpConsole.Infrastructure.Servers;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Microsoft.Extensions.DependencyInjection;

public static class DatabaseServiceCollectionExtensions
{
    /// <summary>
    /// Adds the database, the private one unless <c>ConnectionStrings:Console</c> names another, and what is kept in it of servers and
    /// processes. Call it before the features that write: hosted services stop in reverse order, and the database is to stop last. Needs
    /// a <see cref="DataFolder"/>.
    /// </summary>
    public static IServiceCollection AddConsoleDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DatabaseOptions>()
            .Bind(configuration.GetSection(DatabaseOptions.SectionName))
            .Configure(options => options.ConnectionString = configuration.GetConnectionString("Console") is { Length: > 0 } text ? text : null)
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddConsoleKeys();
        services.TryAddSingleton<PrivatePostgres>();
        services.TryAddSingleton(Address);
        services.TryAddSingleton(Source);
        services.TryAddSingleton<DbDataSource>(provider => provider.GetRequiredService<NpgsqlDataSource>());
        services.AddDbContextFactory<ConsoleDbContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.EnableRetryOnFailure(3, TimeSpan.FromSeconds(1), null))
            // Every statement in the console's log would drown what matters; failures are told by who meets them.
            .ConfigureWarnings(warnings => warnings.Log(
                (RelationalEventId.CommandExecuted, LogLevel.Debug),
                (RelationalEventId.CommandError, LogLevel.Debug),
                (RelationalEventId.ConnectionError, LogLevel.Debug))));
        services.TryAddSingleton<ConsoleDatabase>();
        services.TryAddSingleton<IDatabaseStatus>(provider => provider.GetRequiredService<ConsoleDatabase>());
        services.AddHostedService<DatabaseLifetime>();
        services.AddServerStores();
        return services;
    }

    /// <summary>Adds a queue of entries that are accepted at once and written to the database when it is there.</summary>
    internal static IServiceCollection AddWriteBehind<T>(this IServiceCollection services, string name, WriteBatch<T> write)
        where T : class
    {
        services.TryAddSingleton(provider => new Journal<T>(Path.Combine(provider.GetRequiredService<DataFolder>().Journal, name + ".jsonl")));
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<WriteBehind<T>>(provider, write));
        return services.AddHostedService(provider => provider.GetRequiredService<WriteBehind<T>>());
    }

    private static void AddServerStores(this IServiceCollection services)
    {
        services.TryAddSingleton<DefinitionJson>();
        services.TryAddSingleton<IServerStore, ServerStore>();
        services.AddWriteBehind<EventRow>("events", ServerEventLog.WriteAsync);
        services.TryAddSingleton<IServerEventLog, ServerEventLog>();
        services.AddWriteBehind<RunRow>("runs", RunStore.WriteAsync);
        services.TryAddSingleton<IRunStore, RunStore>();
        services.TryAddSingleton<ResourceHistory>();
        services.TryAddSingleton<IResourceHistory>(provider => provider.GetRequiredService<ResourceHistory>());
        services.AddHostedService<SampleWriter>();
    }

    private static void AddConsoleKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("McpConsole");
        services.AddOptions<KeyManagementOptions>().Configure<DataFolder, ILoggerFactory>((options, data, loggers) =>
        {
            data.Create();
            var folder = Directory.CreateDirectory(data.Keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.XmlRepository = new FileSystemXmlRepository(folder, loggers);
            // The folder's mode protects the keys: a key to encrypt them with would stand beside them.
            options.XmlEncryptor = new NullXmlEncryptor();
        });
        services.TryAddSingleton<SecretProtector>();
    }

    private static DatabaseAddress Address(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.ConnectionString is { } text
            ? new(text, IsPrivate: false)
            : new(provider.GetRequiredService<PrivatePostgres>().ConnectionString, IsPrivate: true);

    private static NpgsqlDataSource Source(IServiceProvider provider) =>
        new NpgsqlDataSourceBuilder(provider.GetRequiredService<DatabaseAddress>().ConnectionString) { Name = "McpConsole" }.Build();
}
