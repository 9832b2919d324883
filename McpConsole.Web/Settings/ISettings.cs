using System.Collections.Immutable;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Results;

namespace McpConsole.Web.Settings;

/// <summary>
/// The console's settings as they are in force, and the way to change them. Sources, each over the one before: built-in default,
/// appsettings.json, mcpconsole.yaml, <c>settings.json</c> in the data folder (what this port writes), environment, command line.
/// </summary>
public interface ISettings
{
    /// <summary>Every setting, in the order in which a page shows them.</summary>
    ImmutableArray<SettingValue> All { get; }

    /// <summary>
    /// Saves all or none: null goes back to the source below. One error for each wrong value (<see cref="Error.Field"/> is the key);
    /// a setting that the environment fixes cannot be changed. Needs an administrator; goes to the audit log.
    /// </summary>
    Task<Result<ImmutableArray<SettingValue>>> SaveAsync(
        IReadOnlyDictionary<string, string?> changes, Actor actor, CancellationToken cancellationToken);
}
