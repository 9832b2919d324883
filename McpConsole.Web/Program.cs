using McpConsole.Web.Endpoints;
using McpConsole.Web.Hosting;
using McpConsole.Web.Hubs;

return await ConsoleRun.RunAsync(() =>
{
    var builder = ConsoleBuilder.Create(args);
    builder.Services
        .AddConsoleDatabase(builder.Configuration)
        .AddAudit()
        .AddAccounts()
        .AddServerLogs()
        .AddMcp()
        .AddServerSupervision()
        .AddJobs()
        .AddConsoleSecurity()
        .AddConsoleApi()
        .AddPages();

    var app = builder.Build();
    app.UseProblems().UseConsoleSecurity().UseApiPage();
    app.MapConsoleApi();
    app.MapAccounts();
    app.MapHub<LiveHub>("/hubs/live");
    app.MapHealth();
    app.MapMetrics();
    app.MapInfo();
    app.MapConsoleOpenApi();
    app.MapPages();
    app.MapNotFound();
    return app;
});
