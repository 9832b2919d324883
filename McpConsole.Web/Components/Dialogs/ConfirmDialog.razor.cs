using Microsoft.AspNetCore.Components;
using Radzen;

namespace McpConsole.Web.Components.Dialogs;

/// <summary>Asks before what cannot be undone; its title names the thing.</summary>
public sealed partial class ConfirmDialog
{
    [Inject]
    public required DialogService Dialogs { get; init; }

    [Parameter, EditorRequired]
    public required string Consequence { get; set; }

    [Parameter, EditorRequired]
    public required string Confirm { get; set; }
}
