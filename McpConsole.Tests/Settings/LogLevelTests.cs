using McpConsole.Domain.Accounts;
using McpConsole.Tests.Endpoints;
using McpConsole.Web.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpConsole.Tests.Settings;

public sealed class LogLevelTests(ConsoleHost host) : IClassFixture<ConsoleHost>
{
    [Fact]
    public async Task A_saved_level_is_in_force_at_once()
    {
        var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("McpConsole.Anything");
        logger.IsEnabled(LogLevel.Debug).ShouldBeFalse();

        await host.Services.GetRequiredService<ISettings>().SaveAsync(
            new Dictionary<string, string?> { ["LOG_LEVEL"] = "Debug" }, Actor.Console, TestContext.Current.CancellationToken);

        logger.IsEnabled(LogLevel.Debug).ShouldBeTrue();
    }
}
