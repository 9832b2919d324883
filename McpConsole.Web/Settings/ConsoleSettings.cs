using System.Collections.Immutable;
using System.Text.Json;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Audit;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace McpConsole.Web.Settings;

internal sealed class ConsoleSettings(IConfiguration configuration, SettingsFile file, IAuditLog audit, TimeProvider time) : ISettings
{
    private readonly IConfigurationRoot _root = (IConfigurationRoot)configuration;
    private readonly ImmutableDictionary<string, string> _atStart =
        SettingCatalog.All.ToImmutableDictionary(s => s.Key, s => configuration[s.Key] ?? s.Default);

    public ImmutableArray<SettingValue> All => [.. SettingCatalog.All.Select(Read)];

    public Task<Result<ImmutableArray<SettingValue>>> SaveAsync(
        IReadOnlyDictionary<string, string?> changes, Actor actor, CancellationToken cancellationToken) => Task.FromResult(Save(changes, actor));

    private Result<ImmutableArray<SettingValue>> Save(IReadOnlyDictionary<string, string?> changes, Actor actor)
    {
        if (!actor.Can(Role.Administrator))
        {
            return new Error("settings.forbidden", ErrorKind.Forbidden, "Settings are changed by administrators.");
        }

        // A masked secret that comes back unchanged keeps the stored one.
        var wanted = changes.Where(c => c.Value != Secret.Mask)
            .GroupBy(c => SettingCatalog.Find(c.Key)?.Key ?? c.Key)
            .ToDictionary(same => same.Key, same => same.Last().Value?.Trim());
        var errors = wanted.Select(c => Fault(c.Key, c.Value)).OfType<Error>().ToImmutableArray();
        if (!errors.IsEmpty)
        {
            return Result<ImmutableArray<SettingValue>>.Fail(errors);
        }

        var before = Describe(wanted.Keys);
        try
        {
            file.Save(wanted);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Error("settings.not_written", ErrorKind.Unavailable, "The settings could not be written: {0}", e.Message);
        }

        audit.Append(new AuditEntry(
            time.GetUtcNow(), actor.Name, actor.Address, "settings.save", string.Join(", ", wanted.Keys), Before: before, After: Describe(wanted.Keys)));
        return All;
    }

    private Error? Fault(string key, string? value)
    {
        if (SettingCatalog.Find(key) is not { } setting)
        {
            return new Error("settings.unknown", ErrorKind.Invalid, "There is no setting {0}.", key).At(key);
        }

        if (!Read(setting).CanChange)
        {
            return new Error(
                "settings.fixed", ErrorKind.Conflict, "{0} is set by the environment or the command line, and can be changed there alone.", key).At(key);
        }

        return value is null ? null : SettingCheck.Fault(setting, value);
    }

    private SettingValue Read(Setting setting)
    {
        var (value, source) = Find(setting);
        var pending = setting.NeedsRestart && value != _atStart[setting.Key];
        var shown = setting.Kind == SettingKind.Secret && value.Length > 0 ? Secret.Mask : value;
        return new SettingValue(setting, shown, source, pending);
    }

    private (string Value, SettingSource Source) Find(Setting setting)
    {
        foreach (var provider in _root.Providers.Reverse())
        {
            if (provider.TryGet(setting.Key, out var value) && value is not null)
            {
                return (value, SourceOf(provider));
            }
        }

        return (setting.Default, SettingSource.Default);
    }

    private static SettingSource SourceOf(IConfigurationProvider provider) => provider switch
    {
        SettingsFile => SettingSource.Settings,
        EnvironmentVariablesConfigurationProvider => SettingSource.Environment,
        CommandLineConfigurationProvider or MemoryConfigurationProvider or ChainedConfigurationProvider => SettingSource.CommandLine,
        _ => SettingSource.File,
    };

    private string Describe(IEnumerable<string> keys) =>
        JsonSerializer.Serialize(keys.ToDictionary(key => key, key => Read(SettingCatalog.Find(key)!).Value));
}
