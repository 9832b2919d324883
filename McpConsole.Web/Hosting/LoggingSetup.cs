using McpConsole.Infrastructure;
using McpConsole.Web.Settings;
using Microsoft.Extensions.Logging.Console;
using NLog;
using NLog.Config;
using NLog.Layouts;
using NLog.Targets;
using NLog.Web;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace McpConsole.Web.Hosting;

/// <summary>The console's own log: everything into files of the data folder, what needs someone's eye to the terminal too.</summary>
internal static class LoggingSetup
{
    private const long MaximumFile = 10 << 20;
    private const int MaximumFiles = 10;

    // What the frameworks tell about themselves, where the console tells the same better, or nobody can do anything about it.
    private static readonly (string Category, LogLevel Level)[] s_others =
    [
        ("Microsoft.AspNetCore", LogLevel.Warning),
        ("Microsoft.AspNetCore.DataProtection", LogLevel.Error),
        ("Microsoft.EntityFrameworkCore", LogLevel.Critical),
        ("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical),
        ("Npgsql", LogLevel.Critical),
        ("Quartz", LogLevel.Warning),
        ("System.Net.Http", LogLevel.Warning),
    ];

    public static void AddConsoleLogging(this WebApplicationBuilder builder, DataFolder data)
    {
        builder.Logging.AddSimpleConsole(options => (options.SingleLine, options.TimestampFormat) = (true, "HH:mm:ss "));
        builder.Logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.Warning);
        // Why a start failed is told in one line at the end; the stack trace is in the file.
        builder.Logging.AddFilter<ConsoleLoggerProvider>("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        foreach (var (category, level) in s_others)
        {
            // A filter for one provider goes before those for all: the terminal needs its own.
            builder.Logging.AddFilter(category, level);
            builder.Logging.AddFilter<ConsoleLoggerProvider>(category, level > LogLevel.Warning ? level : LogLevel.Warning);
        }

        // The configuration tells the filters when it changes, so a level saved on the Settings page is in force at once.
        builder.Services.AddOptions<LoggerFilterOptions>().Configure<IConfiguration>((options, configuration) =>
            options.MinLevel = Enum.TryParse<LogLevel>(configuration[SettingCatalog.LogLevel], ignoreCase: true, out var level) ? level : LogLevel.Information);

        // The factory's filters above decide; NLog takes what comes.
        builder.Logging.AddNLogWeb(Files(data), new NLogAspNetCoreOptions { RemoveLoggerFactoryFilter = false });
    }

    private static LogFactory Files(DataFolder data)
    {
        var folder = Path.Combine(data.Logs, "console");
        var target = new FileTarget("file")
        {
            FileName = Layout.FromLiteral(Path.Combine(folder, "console.log")),
            ArchiveAboveSize = MaximumFile,
            MaxArchiveFiles = MaximumFiles,
            KeepFileOpen = true,
            Layout = "${date:universalTime=true:format=yyyy-MM-ddTHH\\:mm\\:ss.fffZ} ${level:uppercase=true:padding=-5} ${logger:shortName=true} ${event-properties:EventId} ${message}${onexception:inner=${newline}${exception:format=tostring}}",
        };
        var configuration = new LoggingConfiguration();
        configuration.AddRuleForAllLevels(target);
        return new LogFactory { Configuration = configuration };
    }
}
