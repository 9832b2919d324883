using McpConsole.Domain.Servers;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>Where a server is in its life, with a dot in the colour of its health.</summary>
public sealed partial class StateBadge
{
    [Parameter, EditorRequired]
    public required ServerSnapshot Server { get; set; }
}
