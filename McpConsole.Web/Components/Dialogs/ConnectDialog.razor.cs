using System.Collections.Immutable;
using McpConsole.Domain.Servers;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Dialogs;

/// <summary>What to paste into an MCP client to reach a server.</summary>
public sealed partial class ConnectDialog
{
    [Parameter, EditorRequired]
    public required ServerSnapshot Server { get; set; }

    private McpTransport Transport => Server.Definition.Transport;

    private ImmutableArray<string> Headers => Server.Definition.Launch is RemoteLaunch remote ? [.. remote.Headers.Keys] : [];
}
