using McpConsole.Mcp.OpenApi.Documents;
using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>
/// Reads the body of operations. The members of a plain object become arguments of their own, beside the parameters, because models fill in
/// flat arguments best; anything else (lists, alternatives, objects with further members, a member that is called like a parameter) is one
/// argument, <c>body</c>.
/// </summary>
internal sealed class BodyReader(DocumentSet documents, SchemaCompiler schemas)
{
    public const string WholeName = "body";

    /// <summary>A body as the document has it.</summary>
    /// <param name="Encoding">How form fields are written, by their names (3.x).</param>
    internal sealed record Body(string MediaType, Node Schema, bool Required, string? Description, Node Encoding)
    {
        public BodyKind Kind => MediaTypes.Kind(MediaType);
    }

    /// <summary>Null when the operation has none.</summary>
    public Body? Find(Operation operation, IReadOnlyList<Node> parameters, SpecVersion version, out string? fault)
    {
        fault = null;
        if (version == SpecVersion.V2)
        {
            var body = parameters.FirstOrDefault(parameter => parameter["in"].Text == "body");
            return body.Exists
                ? new Body(Consumed(operation, fallback: MediaTypes.Json), body["schema"], body["required"].IsTrue, body["description"].Text, default)
                : null;
        }

        var request = documents.Follow(operation.Node["requestBody"], out fault);
        var media = request["content"].Members.OrderBy(entry => MediaTypes.Kind(entry.Name)).FirstOrDefault();
        if (fault is not null || media.Name is null)
        {
            return null;
        }

        var content = documents.Follow(media.Value, out fault);
        var type = media.Name.Contains('*', StringComparison.Ordinal) ? MediaTypes.Json : media.Name;
        return new Body(type, content["schema"], IsRequired(operation, request, content["schema"]), request["description"].Text, content["encoding"]);
    }

    // Without the word a body is optional, says the specification; but who asks for members in the body of a POST has only forgotten it.
    private bool IsRequired(Operation operation, Node request, Node schema) =>
        request["required"].IsTrue
        || (!request.Has("required")
            && operation.Method is "POST" or "PUT" or "PATCH"
            && ObjectShape.Read(documents, schema) is { } shape
            && shape.Properties.Keys.Any(shape.IsRequired));

    /// <param name="taken">The names of the parameters.</param>
    public List<ArgumentDraft> Read(Body body, IReadOnlySet<string> taken)
    {
        if (body.Kind is BodyKind.Json or BodyKind.Form or BodyKind.Multipart
            && ObjectShape.Read(documents, body.Schema) is { } shape
            && Fields(body, shape) is { Count: > 0 } fields
            && !fields.Exists(field => taken.Contains(field.Plan.WireName)))
        {
            return fields;
        }

        var whole = new ArgumentPlan(WholeName, WholeName, ArgumentPlace.Body, body.Required);
        return [new ArgumentDraft(whole, WholeSchema(body), ToolText.Shorten(body.Description, ToolText.SchemaLimit))];
    }

    /// <summary>The form of 2.0, whose fields are parameters.</summary>
    public (string MediaType, List<ArgumentDraft> Fields)? ReadForm(Operation operation, IReadOnlyList<Node> parameters)
    {
        var fields = parameters.Where(parameter => parameter["in"].Text == "formData").ToList();
        if (fields.Count == 0)
        {
            return null;
        }

        var hasFile = fields.Exists(field => field["type"].Text == "file");
        var type = hasFile ? MediaTypes.Multipart : Consumed(operation, MediaTypes.Form);
        return (MediaTypes.Kind(type) is BodyKind.Form or BodyKind.Multipart ? type : MediaTypes.Form, fields.ConvertAll(field =>
        {
            var name = field["name"].Text!;
            var (style, explode) = ParameterStyles.OfCollection(field["collectionFormat"].Text, ArgumentPlace.Field);
            var form = field["type"].Text == "file" ? ValueForm.Bytes : ValueForm.Plain;
            var plan = new ArgumentPlan(name, name, ArgumentPlace.Field, field["required"].IsTrue, style, explode, Form: form);
            return new ArgumentDraft(plan, schemas.Compile(field, SchemaUse.Request), null);
        }));
    }

    private static string Consumed(Operation operation, string fallback)
    {
        var consumes = operation.Node["consumes"].IsArray ? operation.Node["consumes"] : operation.Node.Document.Root["consumes"];
        return consumes.Items.Select(item => item.Text).OfType<string>().OrderBy(MediaTypes.Kind).FirstOrDefault(fallback);
    }

    private List<ArgumentDraft> Fields(Body body, ObjectShape shape)
    {
        var fields = new List<ArgumentDraft>();
        foreach (var (name, property) in shape.Properties)
        {
            var schema = documents.Follow(property, out _);
            if (property["readOnly"].IsTrue || schema["readOnly"].IsTrue)
            {
                continue;
            }

            var encoding = body.Encoding[name];
            var (style, explode) = ParameterStyles.Of(encoding, ArgumentPlace.Field);
            var contentType = encoding["contentType"].Text;
            var form = body.Kind == BodyKind.Json ? ValueForm.Plain
                : body.Kind == BodyKind.Multipart && IsBytes(schema, contentType) ? ValueForm.Bytes
                : MediaTypes.IsJson(contentType) ? ValueForm.Json
                : encoding.Has("style") || encoding.Has("explode") ? ValueForm.Plain
                : ValueForm.Natural;
            var plan = new ArgumentPlan(
                name,
                name,
                ArgumentPlace.Field,
                body.Required && shape.IsRequired(name),
                style,
                explode,
                encoding["allowReserved"].IsTrue,
                form,
                contentType is null || contentType.Contains(',', StringComparison.Ordinal) || contentType.Contains('*', StringComparison.Ordinal)
                    ? schema["contentMediaType"].Text
                    : contentType);
            fields.Add(new ArgumentDraft(plan, schemas.Compile(property, SchemaUse.Request), null));
        }

        return fields;
    }

    private bool IsBytes(Node schema, string? contentType) =>
        (BinaryFormat.Is(schema) && !BinaryFormat.IsEncoded(schema))
        || (schema["items"].IsObject && documents.Follow(schema["items"], out _) is var items && BinaryFormat.Is(items) && !BinaryFormat.IsEncoded(items))
        || (contentType is not null && schema["type"].Text is "string" && MediaTypes.Kind(contentType) == BodyKind.Binary);

    private SchemaSite WholeSchema(Body body) => body.Kind switch
    {
        BodyKind.Binary => SchemaSite.Of(new SchemaFragment(
            """{"type":"string","contentEncoding":"base64"}"""u8.ToArray(), $"The {body.MediaType} content, as base64.", [], [])),
        BodyKind.Text => SchemaSite.Of(new SchemaFragment("""{"type":"string"}"""u8.ToArray(), $"The {body.MediaType} content.", [], [])),
        _ => schemas.Compile(body.Schema, SchemaUse.Request),
    };
}
