using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>A labelled choice between the values of an enumeration, each in the reader's language.</summary>
public sealed partial class ChoiceField<TValue>
{
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public TValue Value { get; set; }

    [Parameter]
    public EventCallback<TValue> ValueChanged { get; set; }

    /// <summary>Fewer than all values.</summary>
    [Parameter]
    public IReadOnlyList<TValue>? Choices { get; set; }

    [Parameter]
    public string? Hint { get; set; }

    private string Id => $"field-{Name}";

    private Task ChangeAsync(ChangeEventArgs e) => ValueChanged.InvokeAsync(Enum.Parse<TValue>((string)e.Value!));
}
