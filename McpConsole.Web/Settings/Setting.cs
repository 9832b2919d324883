using System.Collections.Immutable;

namespace McpConsole.Web.Settings;

/// <summary>What a setting is. Its title and description are translated by <see cref="Key"/>.</summary>
/// <param name="Key">
/// The same word in every source: the environment variable <c>LOG_MAX_SIZE</c> is the key <c>LOG_MAX_SIZE</c> of a file. A colon parts
/// the levels of a file, and stands as two underscores in a variable.
/// </param>
/// <param name="Group">The card of the Settings page it belongs to.</param>
/// <param name="Summary">What it does and in which unit, in one English sentence.</param>
public sealed record Setting(string Key, string Group, SettingKind Kind, string Default, string Summary)
{
    /// <summary>The environment variable that sets it.</summary>
    public string Variable => Key.Replace(":", "__", StringComparison.Ordinal);

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
