using System.Collections.Immutable;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;
using McpConsole.Web.Logs;
using McpConsole.Web.Servers;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Pages;

/// <summary>The logs of one or several servers, followed live; everything that is chosen stands in the URL.</summary>
public sealed partial class LogsPage
{
    private ServersPresenter _live = null!;
    private LogSearchPresenter _search = null!;

    [Inject]
    public required IServerCatalog Catalog { get; init; }

    [Inject]
    public required ILogStore Logs { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [SupplyParameterFromQuery]
    private string? Server { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? Text { get; set; }

    [SupplyParameterFromQuery]
    private bool Regex { get; set; }

    [SupplyParameterFromQuery]
    private string? Level { get; set; }

    [SupplyParameterFromQuery]
    private string? Stream { get; set; }

    [SupplyParameterFromQuery]
    private string? Since { get; set; }

    [SupplyParameterFromQuery]
    private string? Until { get; set; }

    [SupplyParameterFromQuery]
    private bool Paused { get; set; }

    [SupplyParameterFromQuery]
    private bool Wrap { get; set; }

    [SupplyParameterFromQuery]
    private bool HideTime { get; set; }

    private LogPageState State { get; set; } = LogPageState.Parse(null, null, false, null, null, null, null, false, false, false);

    private ImmutableArray<ServerSnapshot> Shown => [.. State.Servers.Select(_live.Find).OfType<ServerSnapshot>()];

    protected override void OnInitialized()
    {
        _live = Own(new ServersPresenter(Catalog, Time, ApplyAsync));
        _search = Own(new LogSearchPresenter(Logs, () => ApplyAsync(() => { })));
    }

    protected override void OnParametersSet()
    {
        var state = LogPageState.Parse(Server, Text, Regex, Level, Stream, Since, Until, Paused, Wrap, HideTime);

        // Without a choice, a console with one server shows it.
        State = state.Servers.IsEmpty && _live.Servers is [var only] ? state with { Servers = [only.Id] } : state;
    }

    private void Go(LogPageState state) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(state.ToParameters()), replace: true);

    private void SetPaused(bool paused) => Go(State with { Paused = paused });

    private Task SearchAsync() => _search.SearchAsync([.. State.Servers], State.Query);
}
