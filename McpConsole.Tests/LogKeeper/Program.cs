using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// The logs' part of a console as a process of its own, to be killed: LogKeeper DATA SERVER RUN. Its settings come from the environment.
var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
builder.Configuration.AddEnvironmentVariables();
builder.Services.AddSingleton(DataFolder.At(args[0])).AddServerLogs();
using var host = builder.Build();
var intake = host.Services.GetRequiredService<ILogIntake>();
intake.Attach(new ServerId(Guid.Parse(args[1])), Guid.Parse(args[2]), []);
await host.RunAsync();
