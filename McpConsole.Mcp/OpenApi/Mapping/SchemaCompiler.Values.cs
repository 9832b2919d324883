using System.Text.Json;
using System.Text.RegularExpressions;
using McpConsole.Mcp.OpenApi.Documents;

namespace McpConsole.Mcp.OpenApi.Mapping;

internal sealed partial class SchemaCompiler
{
    private readonly Dictionary<string, bool> _patterns = [];

    private void WriteType(Node node, Utf8JsonWriter writer)
    {
        var types = new List<string>();
        var type = node["type"];
        foreach (var name in type.IsArray ? type.Items.Select(item => item.Text) : [type.Text])
        {
            var known = name switch
            {
                null => null,
                "file" => "string", // 2.0: a form field that takes a file
                "string" or "number" or "integer" or "boolean" or "array" or "object" or "null" => name,
                _ => null,
            };
            if (known is null && name is not null)
            {
                notes.Add(documents, type, $"«{name}» is not a type of JSON; any value is allowed.");
            }
            else if (known is not null && !types.Contains(known))
            {
                types.Add(known);
            }
        }

        if (types.Count == 0 && !type.Exists)
        {
            types.AddRange(node["properties"].IsObject ? ["object"] : node["items"].IsObject ? ["array"] : []);
        }

        if (types.Count > 0 && node["nullable"].IsTrue && !types.Contains("null"))
        {
            types.Add("null");
        }

        if (types.Count == 1)
        {
            writer.WriteString("type", types[0]);
        }
        else if (types.Count > 1)
        {
            writer.WriteStartArray("type");
            types.ForEach(writer.WriteStringValue);
            writer.WriteEndArray();
        }
    }

    private static void WriteEnum(Node node, Utf8JsonWriter writer)
    {
        var values = node["enum"];
        if (!values.IsArray || values.Element.GetArrayLength() == 0)
        {
            return;
        }

        var seen = new HashSet<string>();
        writer.WriteStartArray("enum");
        foreach (var value in values.Element.EnumerateArray())
        {
            if (seen.Add(value.GetRawText()))
            {
                value.WriteTo(writer);
            }
        }

        if (node["nullable"].IsTrue && !seen.Contains("null"))
        {
            writer.WriteNullValue();
        }

        writer.WriteEndArray();
    }

    private static void WriteFormat(Node node, Utf8JsonWriter writer)
    {
        if (BinaryFormat.Is(node))
        {
            writer.WriteString("contentEncoding", "base64");
        }
        else if (node["format"] is { Kind: JsonValueKind.String, Text: { Length: > 0 } format }
            && format is not ("int32" or "int64" or "float" or "double" or "string"))
        {
            // Those left out say nothing that the type does not; the others tell a model how to write the value.
            writer.WriteString("format", format);
        }
    }

    private void WritePattern(Node node, Utf8JsonWriter writer)
    {
        var pattern = node["pattern"];
        if (pattern.Kind != JsonValueKind.String || pattern.Text is not { } text)
        {
            return;
        }

        if (!_patterns.TryGetValue(text, out var valid))
        {
            valid = IsRegex(text);
            _patterns.Add(text, valid);
        }

        if (valid)
        {
            writer.WriteString("pattern", text);
        }
        else
        {
            notes.Add(documents, pattern, "the pattern is not a regular expression; it is left out.");
        }
    }

    // Only parsed, never run. A client that compiles the schema would refuse the whole tool for a pattern that is none.
    private static bool IsRegex(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Up to 3.0 the exclusive form is a flag beside the limit; since 3.1 it is the limit itself.</summary>
    private static void WriteLimit(Node node, string inclusive, string exclusive, Utf8JsonWriter writer)
    {
        var (limit, beyond) = (node[inclusive], node[exclusive]);
        if (beyond.Kind == JsonValueKind.Number)
        {
            writer.WritePropertyName(exclusive);
            beyond.Element.WriteTo(writer);
        }

        if (limit.Kind == JsonValueKind.Number)
        {
            writer.WritePropertyName(beyond.IsTrue ? exclusive : inclusive);
            limit.Element.WriteTo(writer);
        }
    }

    private static void WriteExample(Node node, Utf8JsonWriter writer)
    {
        var example = node.Has("example") ? node["example"] : node["examples"].Items.FirstOrDefault();
        var says = example.Exists && !node.Has("enum") && !node.Has("const") && example.Element.GetRawText().Length <= MaxExampleLength;
        if (says)
        {
            writer.WriteStartArray("examples");
            example.Element.WriteTo(writer);
            writer.WriteEndArray();
        }
    }
}
