using McpConsole.Domain.Results;
using McpConsole.Web.Resources;
using McpConsole.Web.State;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace McpConsole.Web.Components.Controls;

/// <summary>A labelled input that shows the error of its field.</summary>
public sealed partial class TextField
{
    [Inject]
    public required IStringLocalizer<ErrorTexts> E { get; init; }

    [CascadingParameter]
    public FormErrors Errors { get; set; } = FormErrors.None;

    /// <summary>The field's name in errors, in the camel case of the REST API.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public string? Value { get; set; }

    [Parameter]
    public EventCallback<string?> ValueChanged { get; set; }

    [Parameter]
    public string? Hint { get; set; }

    [Parameter]
    public string? Placeholder { get; set; }

    [Parameter]
    public string Type { get; set; } = "text";

    [Parameter]
    public string Autocomplete { get; set; } = "off";

    [Parameter]
    public bool Mono { get; set; }

    [Parameter]
    public bool Optional { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public int Lines { get; set; } = 1;

    [Parameter]
    public string? Class { get; set; }

    private string Id => $"field-{Name}";

    private Error? Error => Errors.Of(Name);

    private string? Invalid => Error is null ? null : "true";

    private string? DescribedBy => (Hint, Error) switch
    {
        (null, null) => null,
        (_, null) => $"{Id}-hint",
        (null, _) => $"{Id}-error",
        _ => $"{Id}-hint {Id}-error",
    };

    private Task ChangeAsync(ChangeEventArgs e) => ValueChanged.InvokeAsync((string?)e.Value);
}
