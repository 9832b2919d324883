namespace McpConsole.Web.Settings;

/// <summary>Where a value comes from; each source is over the one before.</summary>
public enum SettingSource
{
    Default,

    /// <summary>appsettings.json or mcpconsole.yaml.</summary>
    File,

    /// <summary>Saved on the Settings page.</summary>
    Settings,

    Environment,

    CommandLine,
}

/// <summary>A setting with its value.</summary>
/// <param name="PendingRestart">Whether the value was changed and is in force only after the next start.</param>
public sealed record SettingValue(Setting Setting, string Value, SettingSource Source, bool PendingRestart = false)
{
    /// <summary>Whether <see cref="ISettings.SaveAsync"/> can change it: not while the environment or the command line fixes it.</summary>
    public bool CanChange => Setting.Editable && Source is not (SettingSource.Environment or SettingSource.CommandLine);
}
