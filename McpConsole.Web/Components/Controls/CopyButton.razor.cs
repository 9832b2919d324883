using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>
/// Copies a text. The script does it within the click itself: browsers refuse the clipboard to what comes back from the server later.
/// </summary>
public sealed partial class CopyButton
{
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    [Parameter]
    public string? Label { get; set; }
}
