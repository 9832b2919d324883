using McpConsole.Domain.Accounts;
using McpConsole.Infrastructure.Database;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace McpConsole.Web.Hosting;

/// <summary>Says on the terminal where to go, as the last thing of the start.</summary>
internal sealed class Welcome(IServer server, IHostApplicationLifetime lifetime, IDatabaseStatus database, IFirstRun firstRun, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.ApplicationStarted.AsTask(stoppingToken);
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } address)
        {
            return;
        }

        Console.Out.WriteLine($"McpConsole listens on {address}");
        var line = await IsFirstRunAsync(stoppingToken)
            ? $"Create the administrator here, once: {Local(address)}/setup?code={Uri.EscapeDataString(firstRun.Code)}"
            : $"Open {Local(address)}";
        Console.Out.WriteLine(line);
        Console.Out.WriteLine("Ctrl+C stops it.");
    }

    private async Task<bool> IsFirstRunAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await database.WhenReadyAsync(stoppingToken);
                return await firstRun.IsNeededAsync(stoppingToken);
            }
            catch (DatabaseUnavailableException)
            {
                // It went away between the two; it is waited for again.
                await Task.Delay(s_retry, time, stoppingToken);
            }
        }
    }

    // «Everywhere» is no address that a browser can open.
    private static string Local(string address) =>
        new UriBuilder(address.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal)) is var url
        && url.Host is "0.0.0.0" or "[::]"
            ? $"{url.Scheme}://127.0.0.1:{url.Port}"
            : address.TrimEnd('/');
}
