using McpConsole.Infrastructure;
using McpConsole.Web.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

internal static class SettingsExtensions
{
    /// <summary>
    /// Puts the configuration's sources in their order, each over the one before: appsettings.json beside the program and in the current
    /// directory, mcpconsole.yaml, the settings file of the data folder, environment, command line. Returns the data folder in force.
    /// </summary>
    public static DataFolder AddConsoleSettings(this WebApplicationBuilder builder, string[] args)
    {
        var here = Directory.GetCurrentDirectory();
        var configuration = builder.Configuration;
        configuration.AddJsonFile(Path.Combine(here, "appsettings.json"), optional: true, reloadOnChange: false);
        configuration.AddYamlFile(Path.Combine(here, "mcpconsole.yaml"), optional: true, reloadOnChange: false);
        configuration.AddEnvironmentVariables();
        configuration.AddCommandLine(args);

        var data = DataFolder.At(configuration[SettingCatalog.Data] ?? SettingCatalog.Find(SettingCatalog.Data)!.Default);
        var file = new SettingsFile(data.Settings);
        // Below the two that were just added, which have the last word.
        configuration.Sources.Insert(configuration.Sources.Count - 2, file);

        builder.Services.TryAddSingleton(data);
        builder.Services.TryAddSingleton(file);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<ISettings, ConsoleSettings>();
        return data;
    }
}
