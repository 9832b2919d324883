using McpConsole.Domain.Servers;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>One server as a card.</summary>
public sealed partial class ServerCard
{
    [Parameter, EditorRequired]
    public required ServerSnapshot Server { get; set; }

    [Parameter]
    public bool Chosen { get; set; }

    [Parameter]
    public EventCallback<bool> OnChoose { get; set; }
}
