using System.Collections.Immutable;
using McpConsole.Domain.Tools;
using McpConsole.Web.Tools;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>The tools that a document gives, with tick boxes to leave some out.</summary>
public sealed partial class ToolPicker
{
    private const int MaxWarnings = 100;

    private string _text = "";

    [Parameter, EditorRequired]
    public DocumentPresenter Document { get; set; } = null!;

    [Parameter]
    public EventCallback OnChange { get; set; }

    [Parameter]
    public EventCallback OnInspect { get; set; }

    private bool TooMany => Document.TotalTokens > DocumentPresenter.ManyTokens;

    private ImmutableArray<OperationPreview> Shown =>
        [.. Document.Preview!.Operations.Where(o => _text.Length == 0 || Words(o).Any(word => word?.Contains(_text, StringComparison.OrdinalIgnoreCase) == true))];

    private static IEnumerable<string?> Words(OperationPreview operation) =>
        [operation.ToolName, operation.OperationId, operation.Path, operation.Description, .. operation.Tags];

    private Task WantAsync(OperationPreview operation, bool wanted)
    {
        Document.Want(operation, wanted);
        return OnChange.InvokeAsync();
    }

    private Task WantAllAsync(bool wanted)
    {
        Document.WantAll(Shown, wanted);
        return OnChange.InvokeAsync();
    }
}
