using McpConsole.Domain.Servers;
using McpConsole.Web.State;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>How long a server has been up, and how often the console had to restart it. The samples every two seconds keep it current.</summary>
public sealed partial class Uptime
{
    [Inject]
    internal BrowserClock Clock { get; init; } = null!;

    [Parameter, EditorRequired]
    public required ServerSnapshot Server { get; set; }

    private DateTimeOffset? Started => Server.State == Lifecycle.Running ? Server.Run?.StartedAt ?? Server.Since : null;
}
