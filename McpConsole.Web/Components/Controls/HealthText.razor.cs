using McpConsole.Domain.Servers;
using McpConsole.Web.Resources;
using McpConsole.Web.State;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>Why a server has its health, with the detail and what to do about it as a hint.</summary>
public sealed partial class HealthText
{
    [Inject]
    internal BrowserClock Clock { get; init; } = null!;

    [Parameter, EditorRequired]
    public required ServerSnapshot Server { get; set; }

    private string Tip => string.Join('\n', new[] { Server.Health.Detail, T.Action(Server.Health.Cause) }.Where(line => !string.IsNullOrEmpty(line)));
}
