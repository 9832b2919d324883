using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Layout;

/// <summary>Brand, search, preferences and account.</summary>
public sealed partial class TopBar
{
    [Parameter, EditorRequired]
    public required bool MenuOpen { get; set; }

    [Parameter]
    public EventCallback OnMenu { get; set; }
}
