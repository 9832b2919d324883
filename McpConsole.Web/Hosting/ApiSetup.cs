using System.Text.Json;
using System.Text.Json.Serialization;
using McpConsole.Web.Endpoints;
using McpConsole.Web.Hosting;
using McpConsole.Web.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

internal static class ApiSetup
{
    /// <summary>REST, hub, health and metrics.</summary>
    public static IServiceCollection AddConsoleApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddProblemDetails();
        services.AddExceptionHandler<FaultHandler>();
        services.AddSignalR().AddJsonProtocol(options => Configure(options.PayloadSerializerOptions));
        services.AddConsoleOpenApi();
        services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", tags: [HealthEndpoints.Ready])
            .AddCheck<AccountsCheck>("accounts", tags: [HealthEndpoints.Ready])
            .AddCheck<LogsCheck>("logs")
            .AddCheck<DiskCheck>("disk")
            .AddCheck<ServersCheck>("servers")
            .AddCheck<JobsCheck>("jobs");
        services.TryAddSingleton(new ConsoleStart(TimeProvider.System.GetUtcNow()));
        services.TryAddSingleton<MeterStore>();
        services.AddHostedService(provider => provider.GetRequiredService<MeterStore>());
        services.AddHostedService<Welcome>();
        return services;
    }

    /// <summary>Faults and bare statuses become problem details, except where a person looks at a page.</summary>
    public static WebApplication UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseWhen(
            context => !context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase),
            branch => branch.UseStatusCodePages());
        return app;
    }

    private static void Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new RestartPolicyWords());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }
}
