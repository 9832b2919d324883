using McpConsole.Domain.Processes;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>The exact command of a launch plan, whole.</summary>
public sealed partial class CommandPanel
{
    [Parameter, EditorRequired]
    public required LaunchPlan? Plan { get; set; }

    /// <summary>Shown while there is no plan.</summary>
    [Parameter, EditorRequired]
    public required string Waiting { get; set; }
}
