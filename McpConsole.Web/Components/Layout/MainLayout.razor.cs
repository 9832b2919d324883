using McpConsole.Web.State;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace McpConsole.Web.Components.Layout;

/// <summary>Top bar, side menu and the page. The page renders once the browser's time zone is known, so that no time is shown twice.</summary>
public sealed partial class MainLayout : IDisposable
{
    private ErrorBoundary? _boundary;
    private bool _menuOpen;

    [Inject]
    internal BrowserClock Clock { get; init; } = null!;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required IJSRuntime Script { get; init; }

    // With a base element, a bare «#content» would lead to the start page.
    private string SkipTarget => $"{Navigation.Uri.Split('#')[0]}#content";

    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            Clock.Set(await Script.InvokeAsync<string?>("mcpConsole.timeZone"));
            StateHasChanged();
        }
    }

    public void Dispose() => Navigation.LocationChanged -= OnLocationChanged;

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => Recover();

    private void Recover() => _boundary?.Recover();

    private void ToggleMenu() => _menuOpen = !_menuOpen;

    private void CloseMenu() => _menuOpen = false;
}
