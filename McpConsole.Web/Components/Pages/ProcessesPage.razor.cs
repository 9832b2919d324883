using System.Collections.Immutable;
using System.Globalization;
using McpConsole.Domain.Servers;
using McpConsole.Web.Components.Controls;
using McpConsole.Web.Servers;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Pages;

/// <summary>Every process that the console watches, with charts and the run history of the chosen one.</summary>
public sealed partial class ProcessesPage
{
    private ServersPresenter _live = null!;

    [Inject]
    public required IServerCatalog Catalog { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [SupplyParameterFromQuery]
    private string? Server { get; set; }

    [SupplyParameterFromQuery(Name = "minutes")]
    private int? Span { get; set; }

    private int Minutes => Span ?? ResourceSpans.Default;

    // A remote server has no process here.
    private ImmutableArray<ServerSnapshot> Shown => [.. _live.Servers.Where(server => server.Definition.Launch is not RemoteLaunch)];

    private ServerSnapshot? Chosen => ServerId.TryParse(Server, out var id) ? _live.Find(id) : Shown.FirstOrDefault(server => server.Run is not null);

    protected override void OnInitialized() => _live = Own(new ServersPresenter(Catalog, Time, ApplyAsync));

    private static string Number(int? value) => value?.ToString("N0", CultureInfo.CurrentCulture) ?? "–";

    private void SetMinutes(int minutes) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("minutes", minutes), replace: true);
}
