using McpConsole.Domain.Servers;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>Where clients connect, with a copy button.</summary>
public sealed partial class ServerUrl
{
    [Parameter, EditorRequired]
    public required ServerSnapshot Server { get; set; }

    /// <summary>Shows the URL unabridged.</summary>
    [Parameter]
    public bool Whole { get; set; }

    // Nearly every server is on this machine: what tells them apart is the port and the path.
    private string Shown => !Whole && Uri.TryCreate(Server.Url, UriKind.Absolute, out var url) && url.IsLoopback ? $":{url.Port}{url.PathAndQuery}" : Server.Url!;
}
