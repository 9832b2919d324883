using McpConsole.Web.Accounts;
using McpConsole.Web.Settings;
using McpConsole.Web.State;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Pages;

/// <summary>The console's settings, where each comes from, and the way to change them.</summary>
public sealed partial class SettingsPage
{
    private readonly Dictionary<string, string?> _changes = [];
    private FormErrors _errors = FormErrors.None;

    [Inject]
    public required ISettings Settings { get; init; }

    [Inject]
    internal CurrentUser User { get; init; } = null!;

    [Inject]
    internal Toasts Toasts { get; init; } = null!;

    private string GroupTitle(string group) => T[$"Settings.Group.{group}"] is { ResourceNotFound: false } title ? title : group;

    private string Current(SettingValue value) =>
        _changes.TryGetValue(value.Setting.Key, out var changed) ? changed ?? value.Setting.Default : value.Value;

    private void Change(SettingValue value, string? text)
    {
        if (text == value.Value)
        {
            _changes.Remove(value.Setting.Key);
        }
        else
        {
            _changes[value.Setting.Key] = text;
        }
    }

    private async Task SaveAsync()
    {
        var saved = await Settings.SaveAsync(_changes, await User.ActorAsync(), CancellationToken.None);
        _errors = new(saved.Errors);
        if (saved.IsOk)
        {
            _changes.Clear();
            Toasts.Done(T["Settings.Saved"]);
        }
    }
}
