using System.Text.Json;

namespace McpConsole.Mcp.OpenApi.Documents;

/// <summary>
/// A place in a document with the value there. Reading is tolerant: what is missing or of another kind reads as absent, so a partial
/// fault costs what depends on it and no more.
/// </summary>
internal readonly struct Node(SourceDocument document, JsonElement element, Place place)
{
    public SourceDocument Document => document;

    /// <summary>The default (undefined) element where nothing is.</summary>
    public JsonElement Element => element;

    public Place Place => place;

    public JsonValueKind Kind => element.ValueKind;

    public bool Exists => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    public bool IsArray => element.ValueKind == JsonValueKind.Array;

    public Node this[string name] =>
        IsObject && element.TryGetProperty(name, out var child) ? new Node(document, child, new Place(place, name)) : default;

    public bool Has(string name) => IsObject && element.TryGetProperty(name, out _);

    public bool IsTrue => element.ValueKind == JsonValueKind.True;

    public bool IsFalse => element.ValueKind == JsonValueKind.False;

    /// <summary>The text, or the number as it is written (an unquoted <c>version: 1.0</c>); null otherwise.</summary>
    public string? Text => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetRawText(),
        _ => null,
    };

    /// <summary>The entries of an array; none of anything else.</summary>
    public IEnumerable<Node> Items
    {
        get
        {
            if (!IsArray)
            {
                yield break;
            }

            var index = 0;
            foreach (var item in element.EnumerateArray())
            {
                yield return new Node(document, item, new Place(place, index++));
            }
        }
    }

    /// <summary>The members of an object, a name that stands twice once, as its last value; none of anything else.</summary>
    public IEnumerable<(string Name, Node Value)> Members
    {
        get
        {
            if (!IsObject)
            {
                yield break;
            }

            // Straight from the enumeration: looking each name up again would cost the square of their number.
            var members = new Dictionary<string, JsonElement>();
            foreach (var member in element.EnumerateObject())
            {
                members[member.Name] = member.Value;
            }

            foreach (var (name, value) in members)
            {
                yield return (name, new Node(document, value, new Place(place, name)));
            }
        }
    }
}
