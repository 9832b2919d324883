using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>A drawing beside a text or in a labelled button: it says nothing by itself.</summary>
public sealed partial class Icon
{
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter]
    public int Size { get; set; } = 18;
}
