using McpConsole.Domain.Processes;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>A run's process id, and whether the process was taken over from an earlier console.</summary>
public sealed partial class ProcessId
{
    [Parameter, EditorRequired]
    public required RunInfo Run { get; set; }
}
