using System.Collections.Immutable;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Domain.Tools;
using McpConsole.Web.Accounts;
using McpConsole.Web.State;
using McpConsole.Web.Tools;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>Calls one tool with arguments from a form that its schema gives.</summary>
public sealed partial class ToolTrial
{
    private FormErrors _errors = FormErrors.None;
    private ImmutableArray<Error> _failed = [];
    private ToolOutcome? _outcome;
    private CancellationTokenSource? _calling;

    [Inject]
    public required IToolClient Tools { get; init; }

    [Inject]
    internal CurrentUser User { get; init; } = null!;

    [Parameter, EditorRequired]
    public required ToolFormState Form { get; set; }

    [Parameter, EditorRequired]
    public required ServerSnapshot Server { get; set; }

    private async Task CallAsync()
    {
        var arguments = Form.ToArguments();
        (_errors, _failed, _outcome) = (new(arguments.Errors), [], null);
        if (!arguments.IsOk || _calling is not null)
        {
            return;
        }

        using var calling = _calling = CancellationTokenSource.CreateLinkedTokenSource(Gone);
        try
        {
            var result = await Tools.CallAsync(Server.Id, Form.Tool.Name, arguments.Value, await User.ActorAsync(), calling.Token);
            (_outcome, _failed) = (result.IsOk ? result.Value : null, result.Errors);
        }
        catch (OperationCanceledException) when (calling.IsCancellationRequested)
        {
            // The reader pressed Cancel or left.
        }
        finally
        {
            _calling = null;
        }
    }

    private Task CancelAsync() => _calling?.CancelAsync() ?? Task.CompletedTask;

    private string? Hint(SchemaField field) => field.Input switch
    {
        SchemaInput.List => string.Join(' ', new[] { field.Description, T["Tools.OnePerLine"] }.Where(text => text is not null)),
        SchemaInput.Json => string.Join(' ', new[] { field.Description, T["Tools.AsJson"] }.Where(text => text is not null)),
        _ => field.Description,
    };
}
