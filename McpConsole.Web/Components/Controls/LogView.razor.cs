using System.Collections.Immutable;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;
using McpConsole.Web.Logs;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace McpConsole.Web.Components.Controls;

/// <summary>
/// The lines of one or several servers. While it follows, the last rows are rendered as they are; a paused view can be scrolled through
/// all kept rows, of one height each, of which only those in sight are rendered. Wrapped lines have no fixed height: of these, fewer rows are shown.
/// </summary>
public sealed partial class LogView
{
    private const int TailRows = 150;
    private const int WrappedRows = 1_000;

    private LogViewPresenter _live = null!;
    private LogQuery _query = new();
    private ImmutableArray<ServerId> _servers = [];
    private ElementReference _box;
    private IJSObjectReference? _module;
    private DotNetObjectReference<LogView>? _self;

    [Inject]
    public required ILogStore Logs { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required IJSRuntime Script { get; init; }

    /// <summary>Whose lines, by id, with the names that stand before them.</summary>
    [Parameter, EditorRequired]
    public required ImmutableArray<ServerSnapshot> Servers { get; set; }

    [Parameter, EditorRequired]
    public required LogQuery Query { get; set; }

    [Parameter]
    public bool Paused { get; set; }

    /// <summary>Told when the view pauses or follows again by itself: the page keeps it in its URL.</summary>
    [Parameter]
    public EventCallback<bool> PausedChanged { get; set; }

    [Parameter]
    public bool Wrap { get; set; }

    [Parameter]
    public bool ShowTime { get; set; } = true;

    protected override void OnInitialized() => _live = Own(new LogViewPresenter(Logs, Time, ApplyAsync));

    protected override async Task OnParametersSetAsync()
    {
        ImmutableArray<ServerId> servers = [.. Servers.Select(server => server.Id)];
        if (_query != Query || !_servers.SequenceEqual(servers))
        {
            (_query, _servers) = (Query, servers);
            await _live.ShowAsync(servers, Query, Gone);
        }

        if (Paused != _live.IsPaused)
        {
            Set(Paused);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Controls/LogView.razor.js");
            await _module.InvokeVoidAsync("attach", _box, _self);
        }
    }

    /// <summary>Called by the script when the reader scrolls upwards.</summary>
    [JSInvokable]
    public async Task PauseAsync()
    {
        Set(paused: true);
        StateHasChanged();
        await PausedChanged.InvokeAsync(true);
    }

    protected override async ValueTask OnGoneAsync()
    {
        _self?.Dispose();
        try
        {
            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the module with it.
        }
    }

    private async Task ResumeAsync()
    {
        Set(paused: false);
        await PausedChanged.InvokeAsync(false);
    }

    private async Task LoadOlderAsync()
    {
        await _live.LoadOlderAsync(Gone);
        await PausedChanged.InvokeAsync(true);
    }

    private void Set(bool paused)
    {
        if (paused)
        {
            _live.Pause();
        }
        else
        {
            _live.Resume();
        }
    }

    private string? NameOf(LogRow row) => Servers.Length > 1 ? Servers.FirstOrDefault(server => server.Id == row.Server)?.Name : null;
}
