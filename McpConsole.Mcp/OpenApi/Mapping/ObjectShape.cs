using McpConsole.Mcp.OpenApi.Documents;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>The properties of a schema that is a plain object, gathered over references and <c>allOf</c>.</summary>
internal sealed class ObjectShape
{
    private const int MaxDepth = 20;

    private readonly Dictionary<string, Node> _properties = [];
    private readonly HashSet<string> _required = [];
    private readonly HashSet<(SourceDocument, string)> _seen = [];

    private ObjectShape()
    {
    }

    /// <summary>In the document's order.</summary>
    public IReadOnlyDictionary<string, Node> Properties => _properties;

    public bool IsRequired(string property) => _required.Contains(property);

    /// <summary>Null when the schema has no properties, or says more than its properties do: alternatives, further members, null.</summary>
    public static ObjectShape? Read(DocumentSet documents, Node schema)
    {
        var shape = new ObjectShape();
        return shape.Add(documents, schema, 0) && shape._properties.Count > 0 ? shape : null;
    }

    private bool Add(DocumentSet documents, Node node, int depth)
    {
        var schema = documents.Follow(node, out var fault);
        if (fault is not null || depth > MaxDepth || !IsPlain(schema))
        {
            return false;
        }

        if (!_seen.Add((schema.Document, schema.Place.ToString())))
        {
            // In once is in: a schema that is part of itself, or of another part too, adds nothing.
            return true;
        }

        foreach (var (name, property) in schema["properties"].Members)
        {
            _properties[name] = property;
        }

        foreach (var item in schema["required"].Items)
        {
            if (item.Text is { } name)
            {
                _required.Add(name);
            }
        }

        return schema["allOf"].Items.All(part => Add(documents, part, depth + 1));
    }

    private static bool IsPlain(Node schema)
    {
        if (!schema.IsObject || schema["nullable"].IsTrue || (schema.Has("type") && schema["type"].Text != "object"))
        {
            return false;
        }

        var open = schema["additionalProperties"];
        return !open.IsTrue && !open.IsObject
            && !(schema.Has("oneOf") || schema.Has("anyOf") || schema.Has("not") || schema.Has("if") || schema.Has("patternProperties"));
    }
}
