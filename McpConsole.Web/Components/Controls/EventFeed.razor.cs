using McpConsole.Domain.Servers;
using McpConsole.Web.Servers;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>What happened to one server or all, newest first, live.</summary>
public sealed partial class EventFeed
{
    private const int Step = 50;

    private EventsPresenter _live = null!;

    [Inject]
    public required IServerEventLog Log { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    /// <summary>Null for all servers.</summary>
    [Parameter]
    public ServerId? Server { get; set; }

    [Parameter]
    public int Limit { get; set; } = Step;

    protected override async Task OnInitializedAsync()
    {
        _live = Own(new EventsPresenter(Log, Server, Time, ApplyAsync));
        if (_live.Events.Length < Limit)
        {
            await _live.LoadOlderAsync(Gone);
        }
    }

    private static string Tone(ServerEventKind kind) => kind switch
    {
        ServerEventKind.Running or ServerEventKind.Adopted => "good",
        ServerEventKind.Failed or ServerEventKind.Exited or ServerEventKind.LimitExceeded => "bad",
        ServerEventKind.Starting or ServerEventKind.Stopping or ServerEventKind.Restarting => "busy",
        _ => "plain",
    };

    private async Task MoreAsync()
    {
        Limit += Step;
        if (_live.Events.Length < Limit)
        {
            await _live.LoadOlderAsync(Gone);
        }
    }
}
