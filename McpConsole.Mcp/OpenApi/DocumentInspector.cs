using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Domain.Tools;
using McpConsole.Mcp.OpenApi.Documents;

namespace McpConsole.Mcp.OpenApi;

/// <summary>Maps a document to tell what its tools would be. Thread-safe.</summary>
public sealed class DocumentInspector(DocumentOptions options) : IDocumentInspector, IDisposable
{
    private readonly DocumentFetcher _fetcher = new(options);

    public async Task<Result<DocumentPreview>> InspectAsync(string document, OperationFilter operations, CancellationToken cancellationToken)
    {
        // Nothing is kept: who looks at a document has usually just edited it.
        var loader = new PlanLoader(_fetcher, options, cache: null);
        var loaded = await loader.LoadAsync(new OpenApiSource(document, null, operations), known: null, cancellationToken);
        return loaded.Select(result => result.Plan.Preview);
    }

    public void Dispose() => _fetcher.Dispose();
}
