using McpConsole.Domain.Results;

namespace McpConsole.Mcp.OpenApi.Documents;

/// <summary>A document with every document that it refers to, and the way from a <c>$ref</c> to its target.</summary>
internal sealed class DocumentSet(SourceDocument main, IReadOnlyDictionary<Uri, Result<SourceDocument>> referenced)
{
    // Enough for any honest chain; a longer one goes in a circle.
    private const int MaxHops = 50;

    private readonly Dictionary<(SourceDocument, string), (Node Target, string? Fault)> _found = [];

    public SourceDocument Main => main;

    public IEnumerable<SourceDocument> Referenced =>
        referenced.Values.Where(result => result.IsOk).Select(result => result.Value);

    /// <summary>Follows references until there is none: the node itself where it is no reference.</summary>
    /// <param name="fault">Why there is no target, with the place of the reference; the result is then an absent node.</param>
    public Node Follow(Node node, out string? fault)
    {
        fault = null;
        for (var hop = 0; Reference(node) is { } reference; hop++)
        {
            if (hop == MaxHops)
            {
                fault = $"{Describe(node)}: $ref «{reference}» leads in a circle.";
                return default;
            }

            node = Step(node, reference, out fault);
            if (fault is not null)
            {
                return default;
            }
        }

        return node;
    }

    /// <summary>The value of <c>$ref</c>; null when the node is no reference.</summary>
    public static string? Reference(Node node) => node["$ref"] is { Kind: System.Text.Json.JsonValueKind.String } reference ? reference.Text : null;

    /// <summary>The place in words: with the document's name unless it is the main one.</summary>
    public string Describe(Node node) =>
        ReferenceEquals(node.Document, main) ? node.Place.ToString() : DocumentLocation.Show(node.Document.Location) + node.Place;

    private Node Step(Node node, string reference, out string? fault)
    {
        if (!_found.TryGetValue((node.Document, reference), out var found))
        {
            found = Find(node.Document, reference);
            _found.Add((node.Document, reference), found);
        }

        fault = found.Fault is null ? null : $"{Describe(node)}: $ref «{reference}» {found.Fault}";
        return found.Target;
    }

    private (Node, string?) Find(SourceDocument from, string reference)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var document = from;
        if (hash != 0)
        {
            if (!ReferenceCrawler.TryResolve(from.Location, reference, out var location))
            {
                return (default, "is not a URI reference.");
            }

            if (location != main.Location)
            {
                if (!referenced.TryGetValue(location, out var result))
                {
                    return (default, "was not loaded: the document refers to too many others.");
                }

                if (!result.TryGet(out document, out var error))
                {
                    return (default, $"leads nowhere: {error.Message}");
                }
            }
            else
            {
                document = main;
            }
        }

        var target = document.Find(hash < 0 ? "" : reference[(hash + 1)..]);
        return target.Exists || target.IsFalse ? (target, null) : (default, "leads nowhere: there is nothing at that place.");
    }
}
