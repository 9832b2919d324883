using McpConsole.Domain.Servers;
using McpConsole.Web.Servers;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>Filter and view of the Servers page.</summary>
public sealed partial class ServerToolbar
{
    [Parameter, EditorRequired]
    public ServerFilter Filter { get; set; } = new();

    [Parameter, EditorRequired]
    public required IEnumerable<string> Tags { get; set; }

    [Parameter]
    public bool AsCards { get; set; }

    [Parameter]
    public EventCallback<ServerFilter> OnFilter { get; set; }

    [Parameter]
    public EventCallback<bool> OnView { get; set; }

    private Task SetStateAsync(ChangeEventArgs e) =>
        OnFilter.InvokeAsync(Filter with { State = Enum.TryParse<Lifecycle>((string?)e.Value, out var state) ? state : null });

    private Task SetTagAsync(ChangeEventArgs e) => OnFilter.InvokeAsync(Filter with { Tag = e.Value is string { Length: > 0 } tag ? tag : null });
}
