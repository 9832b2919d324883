using System.Collections.Immutable;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Domain.Tools;

namespace McpConsole.Web.Tools;

/// <summary>Looks into an OpenAPI document for the server form: which tools it gives, and which of them are wanted.</summary>
public sealed class DocumentPresenter(IDocumentInspector inspector) : IAsyncDisposable
{
    /// <summary>Above this, a tool list takes a noticeable part of a model's context with every request.</summary>
    public const int ManyTokens = 20_000;

    private readonly HashSet<string> _wanted = [];
    private CancellationTokenSource? _inspection;
    private OperationFilter _filter = OperationFilter.All;
    private bool _picked;

    public DocumentPreview? Preview { get; private set; }

    public ImmutableArray<Error> Errors { get; private set; } = [];

    public bool IsInspecting => _inspection is not null;

    /// <summary>The document that <see cref="Preview"/> and <see cref="Errors"/> are about.</summary>
    public string? Inspected { get; private set; }

    public int TotalTokens => Preview?.Operations.Where(IsWanted).Sum(operation => operation.Tokens) ?? 0;

    public int Wanted => Preview?.Operations.Count(IsWanted) ?? 0;

    /// <summary>The patterns in force until a tick box is changed; then the shorter of a list to keep and a list to leave out.</summary>
    public OperationFilter Filter
    {
        get
        {
            if (!_picked || Preview is null)
            {
                return _filter;
            }

            var usable = Preview.Operations.Where(IsUsable).ToLookup(IsWanted, operation => operation.OperationId);
            return usable[false].Count() <= usable[true].Count() || !usable[true].Any()
                ? new([], [.. usable[false]])
                : new([.. usable[true]], []);
        }
    }

    public bool IsWanted(OperationPreview operation) => _wanted.Contains(operation.OperationId);

    public static bool IsUsable(OperationPreview operation) => operation is { ToolName: not null, SkippedBecause: null };

    public void UseFilter(OperationFilter filter) => _filter = filter;

    public void Want(OperationPreview operation, bool wanted) => WantAll([operation], wanted);

    public void WantAll(IEnumerable<OperationPreview> operations, bool wanted)
    {
        _picked = true;
        foreach (var operation in operations.Where(IsUsable))
        {
            _ = wanted ? _wanted.Add(operation.OperationId) : _wanted.Remove(operation.OperationId);
        }
    }

    /// <summary>Reads the document; a new inspection ends the one before.</summary>
    public async Task InspectAsync(string? document)
    {
        await CancelAsync();
        if (string.IsNullOrWhiteSpace(document))
        {
            (Preview, Errors, Inspected) = (null, [], null);
            return;
        }

        using var inspection = _inspection = new CancellationTokenSource();
        try
        {
            var result = await inspector.InspectAsync(document.Trim(), Filter, inspection.Token);
            Show(document, result);
        }
        catch (OperationCanceledException) when (inspection.IsCancellationRequested)
        {
            // The reader pressed Cancel or changed the document.
        }
        finally
        {
            _inspection = _inspection == inspection ? null : _inspection;
        }
    }

    public async Task CancelAsync()
    {
        if (_inspection is { } inspection)
        {
            _inspection = null;
            await inspection.CancelAsync();
        }
    }

    public async ValueTask DisposeAsync() => await CancelAsync();

    private void Show(string document, Result<DocumentPreview> result)
    {
        _filter = Filter;
        _picked = false;
        (Preview, Errors, Inspected) = (result.IsOk ? result.Value : null, result.Errors, document);
        _wanted.Clear();
        _wanted.UnionWith(Preview?.Operations.Where(o => IsUsable(o) && o.Selected).Select(o => o.OperationId) ?? []);
    }
}
