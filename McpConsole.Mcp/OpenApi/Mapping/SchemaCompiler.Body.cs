using System.Text.Json;
using McpConsole.Mcp.OpenApi.Documents;

namespace McpConsole.Mcp.OpenApi.Mapping;

internal sealed partial class SchemaCompiler
{
    // Larger examples and enums cost more than they tell.
    private const int MaxExampleLength = 120;

    private void WriteBody(Node node, Draft draft, bool isRoot, string? description = null)
    {
        var writer = draft.Writer;
        writer.WriteStartObject();
        if (node.IsFalse)
        {
            writer.WriteStartObject("not");
            writer.WriteEndObject();
        }
        else if (node.IsObject)
        {
            if (!isRoot && (description ?? Description(node, draft.Use)) is { } text)
            {
                writer.WriteString("description", text);
            }

            if (IsNullableWhole(node))
            {
                WriteNullable(node, draft);
            }
            else
            {
                WriteKeywords(node, draft);
            }
        }
        else if (node.Exists && !node.IsTrue)
        {
            notes.Add(documents, node, "a schema is an object; it is read as «anything».");
        }

        writer.WriteEndObject();
    }

    /// <summary>Nullable without a type to add null to: a reference or a combination of schemas.</summary>
    private static bool IsNullableWhole(Node node) =>
        node["nullable"].IsTrue && !node.Has("type") && !node.Has("properties") && !node.Has("items")
        && (node.Has("$ref") || node.Has("allOf") || node.Has("anyOf") || node.Has("oneOf"));

    private void WriteNullable(Node node, Draft draft)
    {
        draft.Writer.WriteStartArray("anyOf");
        if (DocumentSet.Reference(node) is not null)
        {
            WriteReference(node, draft);
        }
        else if (node["allOf"] is { IsArray: true } all && all.Element.GetArrayLength() == 1 && OnlyAnnotates(node))
        {
            Write(all.Items.First(), draft);
        }
        else
        {
            draft.Writer.WriteStartObject();
            WriteKeywords(node, draft);
            draft.Writer.WriteEndObject();
        }

        draft.Writer.WriteStartObject();
        draft.Writer.WriteString("type", "null");
        draft.Writer.WriteEndObject();
        draft.Writer.WriteEndArray();
    }

    private void WriteKeywords(Node node, Draft draft)
    {
        WriteType(node, draft.Writer);
        if (draft.Use == SchemaUse.Response && node["type"].Text is "string" or "number" or "integer" or "boolean")
        {
            // Of a plain value nothing else is carried over; alternatives of it would come out empty.
            return;
        }

        if (draft.Use == SchemaUse.Request)
        {
            WriteEnum(node, draft.Writer);
            WriteFormat(node, draft.Writer);
            WritePattern(node, draft.Writer);
            WriteLimit(node, "minimum", "exclusiveMinimum", draft.Writer);
            WriteLimit(node, "maximum", "exclusiveMaximum", draft.Writer);
            WriteExample(node, draft.Writer);
        }
        else if (node["oneOf"] is { IsArray: true } oneOf && !node.Has("anyOf"))
        {
            // Of a result only the shapes matter, not that exactly one of them fits.
            WriteList("anyOf", oneOf, draft);
        }

        WriteProperties(node, draft);
        WriteItems(node, draft);
        if (node["allOf"] is { IsArray: true } all)
        {
            WriteList("allOf", all, draft);
        }

        foreach (var (name, value) in node.Members)
        {
            if (SchemaKeywords.TryGet(name, draft.Use, out var shape))
            {
                WriteKeyword(name, value, shape, draft);
            }
        }

        // Beside other keywords a reference is one more condition.
        if (DocumentSet.Reference(node) is not null && !IsNullableWhole(node) && Refer(node, draft.Use, out _) is { } site && !node.Has("allOf"))
        {
            draft.Writer.WriteStartArray("allOf");
            draft.WriteHole(site);
            draft.Writer.WriteEndArray();
        }
    }

    private void WriteKeyword(string name, Node value, KeywordShape shape, Draft draft)
    {
        var fits = shape switch
        {
            KeywordShape.Schema => value.IsObject || value.IsTrue || value.IsFalse,
            KeywordShape.SchemaList => value.IsArray && value.Element.GetArrayLength() > 0,
            KeywordShape.SchemaMap => value.IsObject,
            KeywordShape.Number => value.Kind == JsonValueKind.Number,
            KeywordShape.Count => value.Kind == JsonValueKind.Number && value.Element.TryGetInt64(out var count) && count >= 0,
            KeywordShape.Flag => value.IsTrue || value.IsFalse,
            KeywordShape.Text => value.Kind == JsonValueKind.String,
            _ => true,
        };
        if (!fits)
        {
            notes.Add(documents, value, $"«{name}» has a value that it cannot have; it is left out.");
            return;
        }

        switch (shape)
        {
            case KeywordShape.Schema when value.IsTrue || value.IsFalse:
                draft.Writer.WriteBoolean(name, value.IsTrue);
                break;
            case KeywordShape.Schema:
                draft.Writer.WritePropertyName(name);
                Write(value, draft);
                break;
            case KeywordShape.SchemaList:
                WriteList(name, value, draft);
                break;
            case KeywordShape.SchemaMap:
                draft.Writer.WriteStartObject(name);
                foreach (var (key, schema) in value.Members)
                {
                    draft.Writer.WritePropertyName(key);
                    Write(schema, draft);
                }

                draft.Writer.WriteEndObject();
                break;
            case KeywordShape.Flag when value.IsFalse:
                break;
            default:
                draft.Writer.WritePropertyName(name);
                value.Element.WriteTo(draft.Writer);
                break;
        }
    }

    private void WriteList(string name, Node list, Draft draft)
    {
        if (list.Element.GetArrayLength() == 0)
        {
            return;
        }

        draft.Writer.WriteStartArray(name);
        foreach (var schema in list.Items)
        {
            Write(schema, draft);
        }

        draft.Writer.WriteEndArray();
    }

    private void WriteProperties(Node node, Draft draft)
    {
        var properties = node["properties"];
        if (!properties.IsObject)
        {
            return;
        }

        var shown = new HashSet<string>();
        draft.Writer.WriteStartObject("properties");
        foreach (var (name, schema) in properties.Members)
        {
            if (!IsHidden(schema, draft.Use))
            {
                shown.Add(name);
                draft.Writer.WritePropertyName(name);
                Write(schema, draft);
            }
        }

        draft.Writer.WriteEndObject();
        if (draft.Use == SchemaUse.Request)
        {
            WriteRequired(node["required"], properties, shown, draft.Writer);
        }
    }

    private static void WriteRequired(Node required, Node properties, HashSet<string> shown, Utf8JsonWriter writer)
    {
        var names = new HashSet<string>();
        foreach (var item in required.Items)
        {
            // A name without a property (it may come from allOf) stays required; one whose property is hidden does not.
            if (item.Kind == JsonValueKind.String && item.Text is { } name && (shown.Contains(name) || !properties.Has(name)))
            {
                names.Add(name);
            }
        }

        if (names.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("required");
        foreach (var name in names)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    }

    private void WriteItems(Node node, Draft draft)
    {
        var items = node["items"];
        if (items.IsArray)
        {
            // Before 2020-12 a tuple was written this way.
            WriteList("prefixItems", items, draft);
        }
        else if (items.IsObject || items.IsFalse)
        {
            draft.Writer.WritePropertyName("items");
            Write(items, draft);
        }
        else if (draft.Use == SchemaUse.Request && node["type"].Text == "array")
        {
            // Some model APIs refuse an array that does not say what is in it.
            draft.Writer.WritePropertyName("items");
            draft.WriteEmpty();
        }
    }
}
