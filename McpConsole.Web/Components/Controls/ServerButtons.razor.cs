using McpConsole.Domain.Servers;
using McpConsole.Web.Components.Dialogs;
using McpConsole.Web.Servers;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace McpConsole.Web.Components.Controls;

/// <summary>What can be done to one server now, in one click.</summary>
public sealed partial class ServerButtons
{
    [Inject]
    internal ServerActions Actions { get; init; } = null!;

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Parameter, EditorRequired]
    public required ServerSnapshot Server { get; set; }

    private async Task ConnectAsync() => await Dialogs.OpenAsync<ConnectDialog>(
        T["Connect.Title", Server.Name], new Dictionary<string, object?> { [nameof(ConnectDialog.Server)] = Server }, DialogShapes.Wide);
}
