using McpConsole.Web.Logs;
using McpConsole.Web.State;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>One row of a log, as text: whatever a server prints, no markup of it reaches the page.</summary>
public sealed partial class LogRowView
{
    // Standard output needs no mark: it is what is expected.
    private static readonly string[] s_marks = ["", "err", "»", "rpc"];

    [Inject]
    internal BrowserClock Clock { get; init; } = null!;

    [Parameter, EditorRequired]
    public required LogRow Row { get; set; }

    /// <summary>Null where all rows are of one server.</summary>
    [Parameter]
    public string? ServerName { get; set; }

    [Parameter]
    public bool ShowTime { get; set; } = true;

    [Parameter]
    public bool Wrapped { get; set; }
}
