using System.Collections.Immutable;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Domain.Tools;
using McpConsole.Web.Tools;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>A running server's tools, as it lists them now, with a form to try each.</summary>
public sealed partial class ServerTools
{
    private ImmutableArray<ToolInfo>? _tools;
    private ImmutableArray<Error> _errors = [];
    private ToolFormState? _form;
    private string _text = "";
    private (ServerId, Guid?, int?)? _asked;

    [Inject]
    public required IToolClient Tools { get; init; }

    [Parameter, EditorRequired]
    public required ServerSnapshot Server { get; set; }

    // Asked again when the server was restarted or its probe counted other tools.
    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Server.Id, Server.Run?.RunId, Server.ToolCount);
        if (Server.State == Lifecycle.Running && _asked != wanted)
        {
            _asked = wanted;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        _errors = [];
        try
        {
            var result = await Tools.ListAsync(Server.Id, Gone);
            (_tools, _errors) = (result.IsOk ? result.Value : null, result.Errors);
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            return;
        }

        var chosen = _tools?.FirstOrDefault(tool => tool.Name == _form?.Tool.Name) ?? _tools?.FirstOrDefault();
        _form = chosen is null ? null : new ToolFormState(chosen);
    }

    private void Choose(ToolInfo tool) => _form = new ToolFormState(tool);

    private IEnumerable<ToolInfo> Shown(ImmutableArray<ToolInfo> tools) =>
        tools.Where(tool => $"{tool.Name} {tool.Title} {tool.Description}".Contains(_text, StringComparison.OrdinalIgnoreCase));
}
