using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>What a plain form's post came back with: its address carries the error's code alone.</summary>
public sealed partial class FormError
{
    [Parameter, EditorRequired]
    public required string Code { get; set; }

    private string Text => T[$"Form.{Code}"] is { ResourceNotFound: false } text ? text : T["Form.Failed", Code];
}
