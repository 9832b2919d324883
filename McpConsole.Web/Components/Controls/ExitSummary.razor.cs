using McpConsole.Domain.Processes;
using McpConsole.Web.Logs;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>Why a run ended, with the last lines of its standard error.</summary>
public sealed partial class ExitSummary
{
    [Parameter, EditorRequired]
    public required ExitInfo Exit { get; set; }

    /// <summary>Whether standard error is shown at once.</summary>
    [Parameter]
    public bool Open { get; set; }

    private string Tail => string.Join('\n', Exit.StderrTail.Select(line => string.Concat(AnsiText.Parse(line).Select(span => span.Text))));
}
