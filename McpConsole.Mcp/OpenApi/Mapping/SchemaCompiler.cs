using System.Buffers;
using System.Text.Json;
using McpConsole.Mcp.OpenApi.Documents;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>
/// Turns the schemas of OpenAPI 2.0, 3.0 and 3.1 into JSON Schema 2020-12. Each schema that is referred to is compiled once. What is not a
/// valid schema is left out with a note, so that every schema that comes out is valid.
/// </summary>
internal sealed partial class SchemaCompiler(DocumentSet documents, MappingNotes notes)
{
    private readonly Dictionary<(SourceDocument, string Place, SchemaUse), SchemaTarget> _targets = [];

    /// <param name="node">A schema object or a reference to one; where there is none, anything is allowed.</param>
    public SchemaSite Compile(Node node, SchemaUse use)
    {
        node = Unwrap(node, use, out var description);
        if (DocumentSet.Reference(node) is not null && !IsNullableReference(node))
        {
            return Refer(node, use, out var fault)?.Describe(description)
                ?? SchemaSite.Of(new SchemaFragment("{}"u8.ToArray(), null, [], [fault!]));
        }

        return SchemaSite.Of(Build(node, use), description);
    }

    private SchemaSite? Refer(Node reference, SchemaUse use, out string? fault)
    {
        var node = documents.Follow(reference, out fault);
        if (fault is not null)
        {
            return null;
        }

        var key = (node.Document, node.Place.ToString(), use);
        if (!_targets.TryGetValue(key, out var target))
        {
            target = new SchemaTarget(Name(node), () => Build(node, use));
            _targets.Add(key, target);
        }

        return SchemaSite.Of(target, Description(reference, use));
    }

    private static string Name(Node node)
    {
        var pointer = Uri.UnescapeDataString(node.Place.ToString());
        var word = pointer == "#" ? Path.GetFileNameWithoutExtension(node.Document.Location.LocalPath) : pointer[(pointer.LastIndexOf('/') + 1)..];
        return ToolNames.Clean(word) is { Length: > 0 } name ? name : "schema";
    }

    private SchemaFragment Build(Node node, SchemaUse use)
    {
        var build = new Draft(use);
        WriteBody(node, build, isRoot: true);
        build.Writer.Flush();
        return new SchemaFragment(
            build.Buffer.WrittenSpan.ToArray(),
            node.IsObject ? Description(node, use) : null,
            [.. build.Holes],
            [.. build.Faults]);
    }

    /// <summary>A schema inside another one: in place, or as a hole for a reference.</summary>
    private void Write(Node node, Draft draft)
    {
        node = Unwrap(node, draft.Use, out var description);
        if (DocumentSet.Reference(node) is null || IsNullableReference(node))
        {
            WriteBody(node, draft, isRoot: false, description);
        }
        else
        {
            WriteReference(node, draft, description);
        }
    }

    private void WriteReference(Node node, Draft draft, string? description = null)
    {
        if (Refer(node, draft.Use, out var fault) is { } site)
        {
            draft.WriteHole(site.Describe(description));
        }
        else
        {
            draft.Faults.Add(fault!);
            draft.WriteEmpty();
        }
    }

    /// <summary>
    /// <c>allOf</c> with one entry only adds a description to it: a habit from the days when nothing could stand beside a reference.
    /// </summary>
    private static Node Unwrap(Node node, SchemaUse use, out string? description)
    {
        description = null;
        while (!node["nullable"].IsTrue && node["allOf"] is { IsArray: true } all && all.Element.GetArrayLength() == 1 && OnlyAnnotates(node))
        {
            description ??= Description(node, use);
            node = all.Items.First();
        }

        return node;
    }

    private static bool OnlyAnnotates(Node node)
    {
        foreach (var member in node.Element.EnumerateObject())
        {
            if (member.Name is not ("allOf" or "nullable" or "description" or "title" or "example" or "examples" or "readOnly" or "writeOnly" or "xml"
                or "externalDocs") && !member.Name.StartsWith("x-", StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    // 3.0 says that a reference has no siblings, yet documents write this one and mean it.
    private static bool IsNullableReference(Node node) => node["nullable"].IsTrue;

    private static string? Description(Node node, SchemaUse use) =>
        ToolText.Shorten(node["description"].Text, use == SchemaUse.Request ? ToolText.SchemaLimit : ToolText.ResultLimit);

    private bool IsHidden(Node property, SchemaUse use)
    {
        var hidden = use == SchemaUse.Request ? "readOnly" : "writeOnly";
        return property[hidden].IsTrue || (DocumentSet.Reference(property) is not null && documents.Follow(property, out _)[hidden].IsTrue);
    }

    /// <summary>A fragment that is being written.</summary>
    private sealed class Draft
    {
        public Draft(SchemaUse use)
        {
            Use = use;
            Writer = JsonBuffer.Writer(Buffer);
        }

        public SchemaUse Use { get; }

        public ArrayBufferWriter<byte> Buffer { get; } = new(256);

        public Utf8JsonWriter Writer { get; }

        public List<SchemaHole> Holes { get; } = [];

        public List<string> Faults { get; } = [];

        public void WriteHole(SchemaSite site)
        {
            Writer.WriteNumberValue(0);
            Writer.Flush();
            Holes.Add(new SchemaHole(Buffer.WrittenCount - 1, site));
        }

        public void WriteEmpty()
        {
            Writer.WriteStartObject();
            Writer.WriteEndObject();
        }
    }
}
