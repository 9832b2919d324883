using System.Collections.Immutable;

namespace McpConsole.Web.Settings;

/// <summary>Every setting that the console has.</summary>
internal static class SettingCatalog
{
    public const string Urls = "MCPCONSOLE_URLS";
    public const string Data = "MCPCONSOLE_DATA";
    public const string AllowedHosts = "MCPCONSOLE_ALLOWED_HOSTS";
    public const string LogLevel = "LOG_LEVEL";

    public static ImmutableArray<Setting> All { get; } =
    [
        new(Urls, "console", SettingKind.Urls, "http://127.0.0.1:5080", "Where the console listens: pages, REST API and hub.") { NeedsRestart = true },
        new(AllowedHosts, "console", SettingKind.Text, "", "Host names that the console answers to beside its own addresses, parted by commas; * allows all."),
        new(LogLevel, "console", SettingKind.Choice, "Information", "How much the console writes into its own log.")
        {
            Choices = ["Trace", "Debug", "Information", "Warning", "Error", "Critical"],
        },
        new(Data, "console", SettingKind.Text, "./data", "The folder of everything that the console keeps.") { NeedsRestart = true, Editable = false },
        new("Database:Provider", "database", SettingKind.Choice, "PostgreSql", "The kind of the external database.") { Choices = ["PostgreSql"], NeedsRestart = true },
        new("ConnectionStrings:Console", "database", SettingKind.Secret, "", "The external database; empty: the console runs a PostgreSQL of its own.") { NeedsRestart = true },
        new("PROCESS_TIMEOUT", "servers", SettingKind.Number, "30000", "How long a server has to answer after its start, in milliseconds.") { Minimum = 1000, Maximum = 3_600_000, NeedsRestart = true },
        new("PROCESS_MAX_RETRIES", "servers", SettingKind.Number, "10", "Failed starts within ten minutes before a server is given up.") { Maximum = 1000, NeedsRestart = true },
        new("PROCESS_HEALTH_CHECK_INTERVAL", "servers", SettingKind.Number, "30000", "The time between two looks at a server's health, in milliseconds.") { Minimum = 1000, Maximum = 3_600_000, NeedsRestart = true },
        new("MCP_DEFAULT_PORT", "servers", SettingKind.Number, "3322", "The first port that is picked for a server.") { Minimum = 1, Maximum = 65535, NeedsRestart = true },
        new("MCP_DEFAULT_TRANSPORT", "servers", SettingKind.Choice, "streamable", "What a server speaks when its definition does not say.") { Choices = ["streamable", "sse", "stdio"], NeedsRestart = true },
        new("LOG_MAX_FILES", "logs", SettingKind.Number, "10", "A server's log takes this many times LOG_MAX_SIZE on disk, compressed.") { Minimum = 1, Maximum = 100_000, NeedsRestart = true },
        new("LOG_MAX_DAYS", "logs", SettingKind.Number, "30", "After how many days a closed file of a log is deleted.") { Minimum = 1, Maximum = 36_500, NeedsRestart = true },
        new("LOG_MAX_SIZE", "logs", SettingKind.Size, "10m", "How large a file of a server's log grows, in bytes or with k, m or g.") { Minimum = 4 << 10, Maximum = 1 << 30, NeedsRestart = true },
    ];

    public static Setting? Find(string key) => All.FirstOrDefault(setting => setting.Key.Equals(key, StringComparison.OrdinalIgnoreCase));
}
