using System.Text.Json;
using McpConsole.Mcp.OpenApi.Documents;
using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>Makes the output schema of a tool from the first success response that is JSON.</summary>
internal sealed class OutputReader(DocumentSet documents, SpecVersion version, SchemaCompiler schemas, MappingNotes notes)
{
    // What it refers to beyond this is left open: a result explains itself, its schema must not cost more than it.
    private const int Budget = 1024;

    // A schema that is larger in itself tells nobody anything.
    private const int MaxBytes = 8 * Budget;

    // How many schemas may be asked whether they are objects; who needs more is out to waste time.
    private const int MaxSchemas = 50;

    /// <param name="Kind">Any when there is no schema.</param>
    /// <param name="Json">The output schema, an object whose type is <c>object</c>; null when there is none.</param>
    /// <param name="Accept">The media types of the response.</param>
    internal sealed record Output(OutputKind Kind, byte[]? Json, string? Accept);

    public Output Read(Operation operation)
    {
        var response = documents.Follow(Success(operation.Node["responses"]), out var fault);
        var accept = string.Join(", ", MediaNames(operation, response));
        var schema = fault is null ? JsonSchema(operation, response) : default;
        var resolved = documents.Follow(schema, out fault);
        if (fault is not null)
        {
            notes.Add(fault + " The tool has no output schema.");
        }

        var kind = resolved["type"].Text == "array" ? OutputKind.Items : IsObject(resolved, []) ? OutputKind.Object : OutputKind.Any;
        var json = kind switch
        {
            OutputKind.Items => Items(schema),
            OutputKind.Object => Object(schema),
            _ => null,
        };
        return new Output(json is null ? OutputKind.Any : kind, json, accept.Length == 0 ? null : accept);
    }

    private static Node Success(Node responses)
    {
        var (_, found) = responses.Members
            .Where(entry => entry.Name.StartsWith('2'))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return found.Exists ? found : responses["default"] is { Exists: true } only && responses.Members.Count() == 1 ? only : default;
    }

    private IEnumerable<string> MediaNames(Operation operation, Node response)
    {
        if (version != SpecVersion.V2)
        {
            return response["content"].Members.Select(entry => entry.Name);
        }

        var produces = operation.Node["produces"].IsArray ? operation.Node["produces"] : operation.Node.Document.Root["produces"];
        return produces.Items.Select(item => item.Text).OfType<string>();
    }

    private Node JsonSchema(Operation operation, Node response)
    {
        if (version == SpecVersion.V2)
        {
            return MediaNames(operation, response).All(MediaTypes.IsJson) ? response["schema"] : default;
        }

        return response["content"].Members.FirstOrDefault(entry => MediaTypes.IsJson(entry.Name)).Value["schema"];
    }

    private bool IsObject(Node schema, Dictionary<string, bool> known)
    {
        if (!schema.IsObject || schema["nullable"].IsTrue || known.Count > MaxSchemas)
        {
            return false;
        }

        if (schema.Has("type") || schema.Has("properties"))
        {
            return !schema.Has("type") || schema["type"].Text == "object";
        }

        var place = documents.Describe(schema);
        if (!known.TryGetValue(place, out var isObject))
        {
            // While it is being looked at it is none: one that is made of itself alone stays so.
            known[place] = false;
            isObject = schema["allOf"].Items.Any(Fits) || AreObjects(schema["oneOf"]) || AreObjects(schema["anyOf"]);
            known[place] = isObject;
        }

        return isObject;

        bool AreObjects(Node list) => list.Items.Any() && list.Items.All(Fits);

        bool Fits(Node part) => IsObject(documents.Follow(part, out _), known);
    }

    private byte[]? Items(Node schema)
    {
        var items = schemas.Compile(documents.Follow(schema, out _)["items"], SchemaUse.Response);
        return Assemble([items], (writer, assembler) =>
        {
            writer.WriteStartObject("properties");
            writer.WriteStartObject("items");
            writer.WriteString("type", "array");
            writer.WritePropertyName("items");
            assembler.Write(items, writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    private byte[]? Object(Node schema)
    {
        if (ObjectShape.Read(documents, schema) is not { } shape)
        {
            var whole = schemas.Compile(schema, SchemaUse.Response);
            return Assemble([whole], (writer, assembler) =>
            {
                writer.WriteStartArray("allOf");
                assembler.Write(whole, writer);
                writer.WriteEndArray();
            });
        }

        var fields = shape.Properties
            .Where(property => !property.Value["writeOnly"].IsTrue)
            .ToDictionary(property => property.Key, property => schemas.Compile(property.Value, SchemaUse.Response));
        return Assemble(fields.Values, (writer, assembler) =>
        {
            writer.WriteStartObject("properties");
            foreach (var (name, field) in fields)
            {
                writer.WritePropertyName(name);
                assembler.Write(field, writer);
            }

            writer.WriteEndObject();
        });
    }

    /// <summary>Null when a schema in it cannot be read, or it becomes too large.</summary>
    private byte[]? Assemble(IReadOnlyCollection<SchemaSite> sites, Action<Utf8JsonWriter, SchemaAssembler> write)
    {
        var assembler = new SchemaAssembler(Budget);
        if (assembler.Count(sites) is { } fault)
        {
            notes.Add(fault + " The tool has no output schema.");
            return null;
        }

        var json = JsonBuffer.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type", "object");
            write(writer, assembler);
            assembler.WriteDefinitions(writer);
            writer.WriteEndObject();
        });
        return json.Length <= MaxBytes ? json : null;
    }
}
