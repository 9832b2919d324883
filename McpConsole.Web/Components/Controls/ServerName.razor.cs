using McpConsole.Domain.Servers;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>A server's name, kind and tags.</summary>
public sealed partial class ServerName
{
    [Parameter, EditorRequired]
    public required ServerSnapshot Server { get; set; }
}
