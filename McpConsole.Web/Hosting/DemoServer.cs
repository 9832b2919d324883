using McpConsole.Domain.Accounts;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Database;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace McpConsole.Web.Hosting;

/// <summary>
/// <c>--demo</c>: makes and starts one server from the console's own API document, so that a newcomer sees a live server with tools at
/// once. When there is an administrator, it gets a token of theirs to read with, and its tools answer too.
/// </summary>
internal sealed partial class DemoServer(
    IServer server,
    IHostApplicationLifetime lifetime,
    IDatabaseStatus database,
    IFirstRun firstRun,
    IAccounts accounts,
    IApiTokens tokens,
    IServerCatalog catalog,
    IServerCommands commands,
    TimeProvider time,
    ILogger<DemoServer> logger) : BackgroundService
{
    private const string Name = "console-api";
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.ApplicationStarted.AsTask(stoppingToken);
        await database.WhenReadyAsync(stoppingToken);
        var address = server.Features.Get<IServerAddressesFeature>()!.Addresses.First().TrimEnd('/');
        var draft = new ServerDraft
        {
            Name = Name,
            Description = "The console's own API: made by ./start.sh --demo.",
            OpenApiUrl = address + "/openapi/v1.json",
            BaseUrl = address,
            Tags = ["demo"],
        };
        var made = await commands.CreateAsync(draft, Actor.Console, stoppingToken);
        if (made.IsOk)
        {
            Report((await commands.StartAsync(made.Value.Id, Actor.Console, wait: true, stoppingToken)).Error);
        }
        else if (made.Error!.Kind != ErrorKind.Conflict)
        {
            Report(made.Error);
            return;
        }

        await GiveTokenAsync(draft, stoppingToken);
    }

    private async Task GiveTokenAsync(ServerDraft draft, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        while (await firstRun.IsNeededAsync(stoppingToken))
        {
            await timer.WaitForNextTickAsync(stoppingToken);
        }

        if (catalog.Find(Name) is not { Definition.Launch: OpenApiLaunch { AuthToken: null } } plain)
        {
            return;
        }

        var users = await accounts.ListAsync(Actor.Console, stoppingToken);
        if (!users.IsOk || users.Value.FirstOrDefault(u => u.Role == Role.Administrator) is not { } owner)
        {
            return;
        }

        var token = await tokens.CreateAsync(Name, Role.Viewer, null, Actor.Console with { UserId = owner.Id }, stoppingToken);
        if (!token.IsOk)
        {
            Report(token.Error);
            return;
        }

        var updated = await commands.UpdateAsync(plain.Id, draft with { AuthToken = token.Value.Token }, Actor.Console, stoppingToken);
        Report(updated.IsOk ? (await commands.RestartAsync(plain.Id, Actor.Console, wait: true, stoppingToken)).Error : updated.Error);
    }

    private void Report(Error? error)
    {
        if (error is not null)
        {
            LogNotMade(error.ToString());
        }
    }

    [LoggerMessage(8020, LogLevel.Warning, "The demo server could not be made: {Error}")]
    private partial void LogNotMade(string error);
}
