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

    /// <summary>Faults and bare statuses become problem details for programs, and pages for people.</summary>
    public static WebApplication UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler("/error");
        app.UseWhen(context => !IsPage(context), branch => branch.UseStatusCodePages());
        return app;
    }

    /// <summary>Whether a person looks at the answer in a browser.</summary>
    internal static bool IsPage(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && !context.Request.Path.StartsWithSegments("/api")
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static void Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new RestartPolicyWords());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }
}
