using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using McpConsole.Domain.Results;

namespace McpConsole.Mcp.OpenApi.Documents;

/// <summary>Loads what a document refers to, and what that refers to, before anything is mapped: mapping is then pure and synchronous.</summary>
internal sealed class ReferenceCrawler(DocumentFetcher fetcher, DocumentOptions options)
{
    /// <summary>A document that cannot be loaded is an error in the set, which costs the operations that need it.</summary>
    public async Task<DocumentSet> LoadAsync(SourceDocument main, CancellationToken cancellationToken)
    {
        var loaded = new Dictionary<Uri, Result<SourceDocument>>();
        var waiting = new Queue<SourceDocument>([main]);
        var budget = options.MaxBytes;
        while (waiting.TryDequeue(out var document))
        {
            foreach (var location in References(document))
            {
                if (location == main.Location || loaded.ContainsKey(location) || loaded.Count == options.MaxReferencedDocuments)
                {
                    continue;
                }

                var result = document.Location.IsFile || DocumentLocation.IsHttp(location)
                    ? await LoadAsync(location, budget, cancellationToken)
                    : DocumentErrors.ForeignFile(DocumentLocation.Show(location));
                loaded.Add(location, result.Select(r => r.Document));
                if (result.IsOk)
                {
                    budget -= result.Value.Bytes;
                    waiting.Enqueue(result.Value.Document);
                }
            }
        }

        return new DocumentSet(main, loaded);
    }

    /// <summary>The document that a <c>$ref</c> names, its fragment left off.</summary>
    public static bool TryResolve(Uri from, string reference, [NotNullWhen(true)] out Uri? location)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var relative = hash < 0 ? reference : reference[..hash];
        return Uri.TryCreate(from, relative, out location) && (location.IsFile || DocumentLocation.IsHttp(location));
    }

    private async Task<Result<(SourceDocument Document, long Bytes)>> LoadAsync(Uri location, long budget, CancellationToken cancellationToken)
    {
        var fetched = await fetcher.FetchAsync(location, null, cancellationToken);
        if (!fetched.TryGet(out var text, out var error))
        {
            return error;
        }

        // All together obey the limit of one: many small documents are as heavy as one large one.
        if (text.Content.LongLength > budget)
        {
            return DocumentErrors.TooBig(DocumentLocation.Show(location), options.MaxBytes);
        }

        return DocumentParser.Parse(text).Select(root => (new SourceDocument(text, root), text.Content.LongLength));
    }

    private static HashSet<Uri> References(SourceDocument document)
    {
        var found = new HashSet<Uri>();
        Collect(document.Root.Element, document.Location, found);
        return found;
    }

    private static void Collect(JsonElement element, Uri from, HashSet<Uri> found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Collect(item, from, found);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                if (member.Value.ValueKind == JsonValueKind.String && member.NameEquals("$ref"u8))
                {
                    if (!member.Value.ValueEquals(""u8) && member.Value.GetString() is { } reference && reference[0] != '#'
                        && TryResolve(from, reference, out var location))
                    {
                        found.Add(location);
                    }
                }
                else
                {
                    Collect(member.Value, from, found);
                }
            }
        }
    }
}
