using McpConsole.Mcp.OpenApi.Documents;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>Collects the faults that do not keep a document from being used, each once and with its place.</summary>
internal sealed class MappingNotes
{
    // A document with more is wrong in a way that the first hundred show.
    private const int Max = 100;

    private readonly List<string> _texts = [];
    private readonly HashSet<string> _seen = [];
    private int _more;

    public void Add(string text)
    {
        if (!_seen.Add(text))
        {
            return;
        }

        if (_texts.Count < Max)
        {
            _texts.Add(text);
        }
        else
        {
            _more++;
        }
    }

    public void Add(DocumentSet documents, Node node, string text) => Add($"{documents.Describe(node)}: {text}");

    public IReadOnlyList<string> ToList() => _more == 0 ? _texts : [.. _texts, $"… and {_more} more."];
}
