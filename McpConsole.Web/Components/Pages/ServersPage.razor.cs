using System.Collections.Immutable;
using McpConsole.Domain.Servers;
using McpConsole.Web.Components.Dialogs;
using McpConsole.Web.Resources;
using McpConsole.Web.Servers;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace McpConsole.Web.Components.Pages;

/// <summary>The start page: every server with its state, and what can be done to it in one click.</summary>
public sealed partial class ServersPage
{
    private readonly HashSet<ServerId> _chosen = [];
    private ServersPresenter _live = null!;

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

    [SupplyParameterFromQuery(Name = "q")]
    private string? Text { get; set; }

    [SupplyParameterFromQuery]
    private string? Tag { get; set; }

    [SupplyParameterFromQuery]
    private string? State { get; set; }

    [SupplyParameterFromQuery]
    private string? View { get; set; }

    private bool AsCards => View == "cards";

    private ServerFilter Filter => new(Text, Tag, Enum.TryParse<Lifecycle>(State, ignoreCase: true, out var state) ? state : null);

    private ImmutableArray<ServerSnapshot> Shown => [.. _live.Servers.Where(Filter.Matches)];

    private ImmutableArray<ServerSnapshot> Chosen => [.. _live.Servers.Where(server => _chosen.Contains(server.Id))];

    private string? Lead => _live.Servers.IsEmpty
        ? null
        : T.Counted("Servers.Lead", _live.Servers.Length, _live.Servers.Count(s => s.State == Lifecycle.Running), _live.Servers.Count(NeedsAttention));

    protected override void OnInitialized() => _live = Own(new ServersPresenter(Catalog, Time, ApplyAsync));

    private static bool NeedsAttention(ServerSnapshot server) =>
        server.State is Lifecycle.Failed or Lifecycle.BackingOff || server.Health.Level is HealthLevel.Unhealthy or HealthLevel.Degraded;

    private void SetFilter(ServerFilter filter) => Navigate(filter, View);

    private void SetView(bool cards) => Navigate(Filter, cards ? "cards" : null);

    private void Navigate(ServerFilter filter, string? view) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["q"] = string.IsNullOrWhiteSpace(filter.Text) ? null : filter.Text,
            ["tag"] = filter.Tag,
            ["state"] = filter.State?.ToString().ToLowerInvariant(),
            ["view"] = view,
        }),
        replace: true);

    private void Choose(ServerId server, bool on)
    {
        if (on)
        {
            _chosen.Add(server);
        }
        else
        {
            _chosen.Remove(server);
        }
    }

    private void ChooseAll(bool on)
    {
        _chosen.Clear();
        _chosen.UnionWith(on ? Shown.Select(server => server.Id) : []);
    }

    private Task RunAsync(ServerAction action) => Actions.RunAsync(action, Chosen);

    private async Task DeleteChosenAsync()
    {
        if (await Actions.DeleteAsync(Chosen))
        {
            _chosen.Clear();
        }
    }

    private async Task ImportAsync() => await Dialogs.OpenAsync<ImportDialog>(T["Import.Title"], [], DialogShapes.Wide);
}
