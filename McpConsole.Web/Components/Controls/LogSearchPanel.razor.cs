using System.Collections.Immutable;
using McpConsole.Domain.Servers;
using McpConsole.Web.Logs;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>What a search over everything stored has found so far.</summary>
public sealed partial class LogSearchPanel
{
    [Parameter, EditorRequired]
    public LogSearchPresenter Search { get; set; } = null!;

    [Parameter, EditorRequired]
    public required ImmutableArray<ServerSnapshot> Servers { get; set; }
}
