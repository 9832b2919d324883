using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace McpConsole.Web.Components;

/// <summary>The HTML document. Pages are interactive without prerendering; those that set cookies are plain HTML forms.</summary>
public sealed partial class App
{
    private static readonly InteractiveServerRenderMode s_interactive = new(prerender: false);

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    private IComponentRenderMode? Mode => Context.AcceptsInteractiveRouting() ? s_interactive : null;
}
