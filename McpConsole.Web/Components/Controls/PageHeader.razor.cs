using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>A page's one heading, with its actions at the right.</summary>
public sealed partial class PageHeader
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>Replaces the title's text in the heading, where marks stand beside it.</summary>
    [Parameter]
    public RenderFragment? TitleContent { get; set; }

    /// <summary>One sentence on what the page is for.</summary>
    [Parameter]
    public string? Lead { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
