using McpConsole.Web.Resources;
using McpConsole.Web.Servers;
using McpConsole.Web.State;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace McpConsole.Web.Components.Controls;

/// <summary>Names with secret values: headers, variables. A stored value shows as its mask, which keeps it.</summary>
public sealed partial class PairsField
{
    [Inject]
    public required IStringLocalizer<ErrorTexts> E { get; init; }

    [CascadingParameter]
    public FormErrors Errors { get; set; } = FormErrors.None;

    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>What the button that adds a row says.</summary>
    [Parameter, EditorRequired]
    public required string Add { get; set; }

    [Parameter]
    public string? NamePlaceholder { get; set; }

    [Parameter, EditorRequired]
    public required IList<NamedValue> Pairs { get; set; }

    [Parameter]
    public EventCallback OnChange { get; set; }

    private Task AddAsync()
    {
        Pairs.Add(new());
        return OnChange.InvokeAsync();
    }

    private Task RemoveAsync(NamedValue pair)
    {
        Pairs.Remove(pair);
        return OnChange.InvokeAsync();
    }

    private Task ChangeAsync(NamedValue pair, string? name = null, string? value = null)
    {
        (pair.Name, pair.Value) = (name ?? pair.Name, value ?? pair.Value);
        return OnChange.InvokeAsync();
    }
}
