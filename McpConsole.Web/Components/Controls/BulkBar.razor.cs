using System.Collections.Immutable;
using McpConsole.Domain.Servers;
using McpConsole.Web.Servers;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>Acts on all chosen servers at once.</summary>
public sealed partial class BulkBar
{
    [Parameter, EditorRequired]
    public required ImmutableArray<ServerSnapshot> Shown { get; set; }

    [Parameter, EditorRequired]
    public required ImmutableArray<ServerSnapshot> Chosen { get; set; }

    /// <summary>All shown servers, or none.</summary>
    [Parameter]
    public EventCallback<bool> OnChoose { get; set; }

    [Parameter]
    public EventCallback<ServerAction> OnAction { get; set; }

    [Parameter]
    public EventCallback OnDelete { get; set; }

    private bool AllChosen => !Shown.IsEmpty && Shown.All(server => Chosen.Any(chosen => chosen.Id == server.Id));
}
