using System.Collections.Immutable;
using System.Globalization;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;
using McpConsole.Web.Logs;
using McpConsole.Web.State;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>Chooses servers and filters of the Logs page.</summary>
public sealed partial class LogToolbar
{
    private static readonly LineLevel?[] s_levels = [null, LineLevel.Debug, LineLevel.Information, LineLevel.Warning, LineLevel.Error];
    private static readonly int[] s_ago = [5, 15, 60, 1440];

    [Inject]
    internal BrowserClock Clock { get; init; } = null!;

    [Parameter, EditorRequired]
    public required LogPageState State { get; set; }

    [Parameter, EditorRequired]
    public required ImmutableArray<ServerSnapshot> Servers { get; set; }

    [Parameter]
    public EventCallback<LogPageState> OnChange { get; set; }

    /// <summary>Asks to search all that is stored, not only the lines in view.</summary>
    [Parameter]
    public EventCallback OnSearch { get; set; }

    private string Chosen => State.Servers switch
    {
        [] => T["Logs.ChooseServer"],
        [var only] => Servers.FirstOrDefault(server => server.Id == only)?.Name ?? T["Logs.ChooseServer"],
        var many => T["Logs.ServersChosen", many.Length],
    };

    private static string Pressed(bool on) => on ? "true" : "false";

    private string? Local(DateTimeOffset? time) => time is { } value ? Clock.ToLocal(value).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) : null;

    private Task QueryAsync(Func<LogQuery, LogQuery> change) => OnChange.InvokeAsync(State with { Query = change(State.Query), Paused = false });

    private Task ChooseAsync(ServerId server, bool on) =>
        OnChange.InvokeAsync(State with { Servers = on ? State.Servers.Add(server) : State.Servers.Remove(server), Paused = false });
}
