using McpConsole.Domain.Servers;
using McpConsole.Web.State;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>How a server is, why, and what to do about it.</summary>
public sealed partial class ServerOverview
{
    private bool _checking;

    [Inject]
    public required IServerCommands Commands { get; init; }

    [Inject]
    internal Toasts Toasts { get; init; } = null!;

    [Parameter, EditorRequired]
    public required ServerSnapshot Server { get; set; }

    private string? Tone => Server.Health.Level switch
    {
        HealthLevel.Healthy => "note-ok",
        HealthLevel.Degraded => "note-warning",
        HealthLevel.Unhealthy => "note-error",
        _ => null,
    };

    private async Task CheckAsync()
    {
        _checking = true;
        var result = await Commands.CheckHealthAsync(Server.Id, CancellationToken.None);
        _checking = false;
        if (result.Error is { } error)
        {
            Toasts.Failed(error);
        }
    }
}
