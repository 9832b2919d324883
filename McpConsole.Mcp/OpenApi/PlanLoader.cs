using McpConsole.Domain.Results;
using McpConsole.Mcp.OpenApi.Documents;
using McpConsole.Mcp.OpenApi.Mapping;
using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi;

/// <summary>
/// From a document's location to its plan. A document that was mapped before is only hashed: neither it nor the code that would map it is
/// loaded, so a server starts as fast for a large document as for a small one.
/// </summary>
/// <param name="cache">Null maps every time.</param>
internal sealed class PlanLoader(DocumentFetcher fetcher, DocumentOptions options, ToolPlanCache? cache)
{
    /// <summary>A plan, and which version of its document it is of.</summary>
    /// <param name="IsFresh">Whether it was mapped just now rather than found in the cache.</param>
    internal sealed record Loaded(ToolPlan Plan, DocumentStamp Stamp, bool IsFresh);

    /// <param name="known">What was loaded last; the result is the very same when nothing has changed since.</param>
    public async Task<Result<Loaded>> LoadAsync(OpenApiSource source, Loaded? known, CancellationToken cancellationToken)
    {
        if (!Check(source).TryGet(out var checkedSource, out var error))
        {
            return error;
        }

        var (location, baseUrl) = checkedSource;
        source = source with { BaseUrl = baseUrl };
        if (!(await LookAsync(location, known, cancellationToken)).TryGet(out var seen, out error))
        {
            return error;
        }

        if (known is not null && seen.Stamp.Hash.AsSpan().SequenceEqual(known.Stamp.Hash) && await IsCurrentAsync(known.Plan, cancellationToken))
        {
            return known;
        }

        if (cache?.Find(ToolPlanCache.Key(seen.Stamp, source)) is { } kept && await IsCurrentAsync(kept, cancellationToken))
        {
            return new Loaded(kept, seen.Stamp, IsFresh: false);
        }

        var text = seen.Text ?? await fetcher.FetchAsync(location, null, cancellationToken);
        return text.TryGet(out var content, out error) ? await MapAsync(source, content, cancellationToken) : error;
    }

    private static Result<(Uri Location, string? BaseUrl)> Check(OpenApiSource source)
    {
        if (!DocumentLocation.Parse(source.Document).TryGet(out var location, out var error))
        {
            return error;
        }

        if (source.BaseUrl is not { Length: > 0 } given)
        {
            return (location, null);
        }

        return ServerUrls.Normalize(given) is { } normal ? (location, normal) : DocumentErrors.BadBaseUrl(given).At("baseUrl");
    }

    /// <summary>The version that is there now; with its text where finding that out has brought it along.</summary>
    private async Task<Result<(DocumentStamp Stamp, Result<DocumentText>? Text)>> LookAsync(
        Uri location, Loaded? known, CancellationToken cancellationToken)
    {
        if (location.IsFile)
        {
            var stamp = await fetcher.StampFileAsync(location, cancellationToken);
            return stamp.Select(found => (found, (Result<DocumentText>?)null));
        }

        var fetched = await fetcher.FetchAsync(location, known?.Stamp.ETag, cancellationToken);
        if (!fetched.TryGet(out var text, out var error))
        {
            return error;
        }

        return text.Content.Length == 0 && known is not null ? (known.Stamp, (Result<DocumentText>?)null) : (text.Stamp, fetched);
    }

    private async Task<bool> IsCurrentAsync(ToolPlan plan, CancellationToken cancellationToken)
    {
        foreach (var source in plan.Sources)
        {
            var fetched = await fetcher.FetchAsync(source.Location, null, cancellationToken);
            if (!fetched.TryGet(out var text, out _) || !text.Stamp.Hash.AsSpan().SequenceEqual(source.Hash))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<Result<Loaded>> MapAsync(OpenApiSource source, DocumentText text, CancellationToken cancellationToken)
    {
        if (!DocumentParser.Parse(text).TryGet(out var root, out var error))
        {
            return error;
        }

        var documents = await new ReferenceCrawler(fetcher, options).LoadAsync(new SourceDocument(text, root), cancellationToken);
        return DocumentMapper.Map(documents, source.Operations, source.BaseUrl).Select(plan =>
        {
            cache?.Store(ToolPlanCache.Key(text.Stamp, source), plan);
            return new Loaded(plan, text.Stamp, IsFresh: true);
        });
    }
}
