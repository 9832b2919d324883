using McpConsole.Domain.Accounts;
using McpConsole.Infrastructure.Database;
using Microsoft.Extensions.Hosting;

namespace McpConsole.Infrastructure.Accounts;

/// <summary>Makes the administrator of an unattended first start as soon as the database is there, whether or not anyone asks.</summary>
internal sealed class UnattendedStart(IFirstRun firstRun, IDatabaseStatus database, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await database.WhenReadyAsync(stoppingToken);
                await firstRun.IsNeededAsync(stoppingToken);
                return;
            }
            catch (DatabaseUnavailableException)
            {
                await Task.Delay(s_retryDelay, time, stoppingToken);
            }
        }
    }
}
