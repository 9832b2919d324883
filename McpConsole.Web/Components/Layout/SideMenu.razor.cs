using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Layout;

/// <summary>The pages, in groups.</summary>
public sealed partial class SideMenu
{
    [Parameter]
    public EventCallback OnNavigated { get; set; }
}
