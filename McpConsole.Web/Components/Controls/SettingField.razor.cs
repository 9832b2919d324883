using McpConsole.Web.Settings;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>One setting: its value, what it does, and where the value comes from.</summary>
public sealed partial class SettingField
{
    [Parameter, EditorRequired]
    public required SettingValue Setting { get; set; }

    [Parameter, EditorRequired]
    public required string Value { get; set; }

    /// <summary>Null goes back to the source below.</summary>
    [Parameter]
    public EventCallback<string?> OnChange { get; set; }

    private string Id => $"field-{Setting.Setting.Key}";

    private string Title => T[$"Setting.{Setting.Setting.Key}"] is { ResourceNotFound: false } title ? title : Setting.Setting.Key;

    private string Summary => T[$"Setting.{Setting.Setting.Key}.Text"] is { ResourceNotFound: false } text ? text : Setting.Setting.Summary;

    private string InputType => Setting.Setting.Kind switch
    {
        SettingKind.Number => "number",
        SettingKind.Secret => "password",
        _ => "text",
    };
}
