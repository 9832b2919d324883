using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>Says that something is under way.</summary>
public sealed partial class Loading
{
    [Parameter]
    public string? Text { get; set; }
}
