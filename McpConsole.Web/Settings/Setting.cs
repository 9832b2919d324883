using System.Collections.Immutable;

namespace McpConsole.Web.Settings;

/// <summary>What a setting is. Its title and description are translated by <see cref="Key"/>.</summary>
/// <param name="Key">The configuration key, for example <c>Processes:MaxRetries</c>.</param>
/// <param name="Variable">The environment variable that sets it.</param>
/// <param name="Group">The card of the Settings page it belongs to.</param>
/// <param name="Summary">What it does and in which unit, in one English sentence.</param>
public sealed record Setting(string Key, string Variable, string Group, SettingKind Kind, string Default, string Summary)
{
    /// <summary>The words that a <see cref="SettingKind.Choice"/> accepts.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>The smallest value of a <see cref="SettingKind.Number"/>.</summary>
    public long Minimum { get; init; }

    public long Maximum { get; init; } = int.MaxValue;

    /// <summary>Whether a change is in force only after the console's next start.</summary>
    public bool NeedsRestart { get; init; }

    /// <summary>False for what decides where settings are kept: it comes from the environment alone.</summary>
    public bool Editable { get; init; } = true;
}

public enum SettingKind
{
    Text,
    Number,
    Choice,

    /// <summary>Bytes, with an optional k, m or g: <c>10m</c>.</summary>
    Size,

    /// <summary>Never shown; <c>Secret.Mask</c> stands for a value that is set.</summary>
    Secret,
}

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

/// <summary>A setting with the value in force.</summary>
/// <param name="PendingRestart">Whether another value was saved that the next start will take.</param>
public sealed record SettingValue(Setting Setting, string Value, SettingSource Source, bool PendingRestart = false)
{
    /// <summary>Whether <see cref="ISettings.SaveAsync"/> can change it: not while the environment or the command line fixes it.</summary>
    public bool CanChange => Setting.Editable && Source is not (SettingSource.Environment or SettingSource.CommandLine);
}
