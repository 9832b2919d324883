using System.Collections.Immutable;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Web.State;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>The lives of a server's process, newest first. Read again whenever a run begins or ends.</summary>
public sealed partial class ServerRuns
{
    private const int Limit = 50;

    private ImmutableArray<RunRecord>? _runs;
    private (ServerId, Guid?, DateTimeOffset?) _read;

    [Inject]
    public required IRunStore Store { get; init; }

    [Inject]
    internal BrowserClock Clock { get; init; } = null!;

    [Parameter, EditorRequired]
    public required ServerSnapshot Server { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Server.Id, Server.Run?.RunId, Server.LastExit?.At);
        if (_read != wanted)
        {
            _read = wanted;
            _runs = await Store.ReadAsync(Server.Id, Limit, CancellationToken.None);
        }
    }
}
