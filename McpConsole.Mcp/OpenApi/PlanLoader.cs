using System.Security.Cryptography;
using McpConsole.Domain.Results;
using McpConsole.Mcp.OpenApi.Documents;
using McpConsole.Mcp.OpenApi.Mapping;
using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi;

/// <summary>
/// From a document's location to its plan. A document that was mapped before is only read and hashed: neither it nor the code that would map
/// it is loaded.
/// </summary>
/// <param name="cache">Null maps every time.</param>
internal sealed class PlanLoader(DocumentFetcher fetcher, DocumentOptions options, ToolPlanCache? cache)
{
    /// <summary>A plan with what the next look at the document needs to see whether it changed.</summary>
    internal sealed record Loaded(ToolPlan Plan, DocumentText Text);

    /// <param name="known">What was loaded last; the result is the very same when nothing has changed since.</param>
    public async Task<Result<Loaded>> LoadAsync(OpenApiSource source, Loaded? known, CancellationToken cancellationToken)
    {
        if (!DocumentLocation.Parse(source.Document).TryGet(out var location, out var error))
        {
            return error;
        }

        if (source.BaseUrl is { } given)
        {
            if (ServerUrls.Normalize(given) is not { } normal)
            {
                return DocumentErrors.BadBaseUrl(given).At("baseUrl");
            }

            source = source with { BaseUrl = normal };
        }

        var fetched = await fetcher.FetchAsync(location, known?.Text.ETag, cancellationToken);
        if (!fetched.TryGet(out var text, out error))
        {
            return error;
        }

        if (known is not null && (text.Content.Length == 0 || text.Content.AsSpan().SequenceEqual(known.Text.Content))
            && await AreUnchangedAsync(known.Plan, cancellationToken))
        {
            return known;
        }

        if (text.Content.Length == 0)
        {
            // The server has no newer version, but a document that this one refers to has changed.
            text = text.ETag is not null && known is not null ? known.Text : text;
        }

        return await FindOrMapAsync(source, text, cancellationToken);
    }

    private async Task<Result<Loaded>> FindOrMapAsync(OpenApiSource source, DocumentText text, CancellationToken cancellationToken)
    {
        var key = cache is null ? "" : ToolPlanCache.Key(text, source);
        if (cache?.Find(key) is { } kept && await AreUnchangedAsync(kept, cancellationToken))
        {
            return new Loaded(kept, text);
        }

        var mapped = await MapAsync(source, text, cancellationToken);
        if (mapped.TryGet(out var plan, out _))
        {
            cache?.Store(key, plan);
        }

        return mapped.Select(plan => new Loaded(plan, text));
    }

    private async Task<bool> AreUnchangedAsync(ToolPlan plan, CancellationToken cancellationToken)
    {
        foreach (var source in plan.Sources)
        {
            var fetched = await fetcher.FetchAsync(source.Location, null, cancellationToken);
            if (!fetched.TryGet(out var text, out _) || !SHA256.HashData(text.Content).AsSpan().SequenceEqual(source.Hash))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<Result<ToolPlan>> MapAsync(OpenApiSource source, DocumentText text, CancellationToken cancellationToken)
    {
        if (!DocumentParser.Parse(text).TryGet(out var root, out var error))
        {
            return error;
        }

        var documents = await new ReferenceCrawler(fetcher, options).LoadAsync(new SourceDocument(text, root), cancellationToken);
        return DocumentMapper.Map(documents, source.Operations, source.BaseUrl);
    }
}
