using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;
using McpConsole.Web.Components.Dialogs;
using McpConsole.Web.Servers;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace McpConsole.Web.Components.Pages;

/// <summary>One server: how it is, its tools, log, runs and configuration.</summary>
public sealed partial class ServerPage
{
    private static readonly string[] s_tabs = ["overview", "tools", "logs", "runs", "configuration"];
    private static readonly LogQuery s_everything = new();

    private ServersPresenter _live = null!;
    private bool _paused;

    [Inject]
    public required IServerCatalog Catalog { get; init; }

    [Inject]
    internal ServerActions Actions { get; init; } = null!;

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    /// <summary>The id, or the name.</summary>
    [Parameter]
    public required string Id { get; set; }

    [SupplyParameterFromQuery]
    private string? Tab { get; set; }

    private string Current => Array.Find(s_tabs, tab => tab == Tab) ?? s_tabs[0];

    private ServerSnapshot? Server => ServerId.TryParse(Id, out var id)
        ? _live.Find(id)
        : _live.Servers.FirstOrDefault(server => string.Equals(server.Name, Id, StringComparison.OrdinalIgnoreCase));

    protected override void OnInitialized() => _live = Own(new ServersPresenter(Catalog, Time, ApplyAsync));

    private string Href(string tab) => tab == s_tabs[0] ? $"servers/{Id}" : $"servers/{Id}?tab={tab}";

    private async Task ConnectAsync() => await Dialogs.OpenAsync<ConnectDialog>(
        T["Connect.Title", Server!.Name], new Dictionary<string, object?> { [nameof(ConnectDialog.Server)] = Server }, DialogShapes.Wide);

    private async Task DeleteAsync()
    {
        if (await Actions.DeleteAsync(Server!))
        {
            Navigation.NavigateTo("servers");
        }
    }
}
