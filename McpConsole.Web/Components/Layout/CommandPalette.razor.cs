using System.Collections.Immutable;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Servers;
using McpConsole.Web.Accounts;
using McpConsole.Web.Servers;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace McpConsole.Web.Components.Layout;

/// <summary>Ctrl+K: go to a page or server, or act on one, by typing some letters of it.</summary>
public sealed partial class CommandPalette : IAsyncDisposable
{
    private ElementReference _dialog;
    private IJSObjectReference? _module;
    private string _text = "";
    private ImmutableArray<PaletteEntry> _entries = [];
    private int _active;
    private Role _role;

    [Inject]
    public required IServerCatalog Catalog { get; init; }

    [Inject]
    internal ServerActions Actions { get; init; } = null!;

    [Inject]
    internal CurrentUser User { get; init; } = null!;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required IJSRuntime Script { get; init; }

    private string? ActiveId => _entries.IsEmpty ? null : $"palette-{_active}";

    protected override async Task OnInitializedAsync() => _role = (await User.ActorAsync()).Role;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Layout/CommandPalette.razor.js");
            await _module.InvokeVoidAsync("attach", _dialog);
        }
    }

    public async ValueTask DisposeAsync()
    {
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

    private void Search() => (_entries, _active) = (Palette.Find(_text, Catalog.All, _role, T), 0);

    private async Task OnKeyAsync(KeyboardEventArgs key)
    {
        if (_entries.IsEmpty)
        {
            return;
        }

        switch (key.Key)
        {
            case "ArrowDown":
                _active = (_active + 1) % _entries.Length;
                break;
            case "ArrowUp":
                _active = (_active + _entries.Length - 1) % _entries.Length;
                break;
            case "Enter":
                await RunAsync(_entries[_active]);
                break;
        }
    }

    private async Task RunAsync(PaletteEntry entry)
    {
        await _module!.InvokeVoidAsync("close", _dialog);
        if (entry is { Action: { } action, Server: { } server })
        {
            await Actions.RunAsync(action, server);
        }
        else
        {
            Navigation.NavigateTo(entry.Href);
        }
    }
}
