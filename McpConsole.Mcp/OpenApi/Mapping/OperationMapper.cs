using System.Text.Json;
using McpConsole.Mcp.OpenApi.Documents;
using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>Makes a tool of an operation.</summary>
internal sealed class OperationMapper(DocumentSet documents, SpecVersion version, MappingNotes notes)
{
    // About 4,000 tokens for one tool; few documents have an operation beyond it.
    private const int InputBudget = 16 * 1024;

    private readonly SchemaCompiler _schemas = new(documents, notes);
    private readonly SecuritySchemes _security = new(documents);

    /// <param name="Entry">The tool in the tool list, as JSON.</param>
    internal sealed record Tool(byte[] Entry, CallPlan Plan);

    /// <param name="baseUrl">Where the operation's own server is, if it has one.</param>
    /// <param name="fault">Why it cannot become a tool; the result is then null.</param>
    public Tool? Map(Operation operation, string name, string? baseUrl, out string? fault)
    {
        var parameterReader = new ParameterReader(documents, version, _schemas, notes);
        var parameters = parameterReader.Gather(operation, out fault);
        if (fault is not null)
        {
            return null;
        }

        var arguments = parameterReader.Read(operation, parameters).ToList();
        var body = Body(operation, parameters, arguments, out fault);
        if (fault is not null)
        {
            return null;
        }

        arguments = ArgumentNames.Resolve(arguments.Concat(body.Arguments));
        var assembler = new SchemaAssembler(InputBudget);
        fault = assembler.Count(arguments.Select(argument => argument.Schema));
        if (fault is not null)
        {
            return null;
        }

        if (assembler.IsCut)
        {
            notes.Add(documents, operation.Node, $"its arguments lead to more than {InputBudget / 1024} KB of schemas; the innermost are left open.");
        }

        var output = new OutputReader(documents, version, _schemas, notes).Read(operation);
        var entry = JsonBuffer.Write(writer => WriteEntry(writer, operation, name, arguments, assembler, output.Json));
        return new Tool(entry, new CallPlan
        {
            Method = operation.Method,
            Path = operation.Path,
            BaseUrl = baseUrl,
            Arguments = [.. arguments.Select(argument => argument.Plan)],
            Body = body.Kind,
            BodyType = body.MediaType,
            BodyRequired = body.Required,
            Token = _security.Of(operation),
            Output = output.Kind,
            Accept = output.Accept,
        });
    }

    private (BodyKind Kind, string? MediaType, bool Required, List<ArgumentDraft> Arguments) Body(
        Operation operation, List<Node> parameters, List<ArgumentDraft> others, out string? fault)
    {
        var reader = new BodyReader(documents, _schemas);
        if (reader.Find(operation, parameters, version, out fault) is { } body)
        {
            return (body.Kind, body.MediaType, body.Required, reader.Read(body, others.Select(draft => draft.Plan.WireName).ToHashSet()));
        }

        return fault is null && version == SpecVersion.V2 && reader.ReadForm(operation, parameters) is var (type, fields)
            ? (MediaTypes.Kind(type), type, false, fields)
            : (BodyKind.None, null, false, []);
    }

    private static void WriteEntry(
        Utf8JsonWriter writer, Operation operation, string name, List<ArgumentDraft> arguments, SchemaAssembler assembler, byte[]? output)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        if (operation.Words("summary")?.Trim() is { Length: > 0 and <= 100 } title)
        {
            writer.WriteString("title", title);
        }

        writer.WriteString("description", Description(operation));
        writer.WriteStartObject("inputSchema");
        WriteInput(writer, arguments, assembler);
        writer.WriteEndObject();
        if (output is not null)
        {
            writer.WritePropertyName("outputSchema");
            writer.WriteRawValue(output, skipInputValidation: true);
        }

        writer.WriteStartObject("annotations");
        WriteAnnotations(writer, operation.Method);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static string Description(Operation operation)
    {
        var summary = operation.Words("summary")?.Trim();
        var text = operation.Words("description")?.Trim();
        var said = string.IsNullOrEmpty(text) ? summary
            : string.IsNullOrEmpty(summary) || text.StartsWith(summary.TrimEnd('.'), StringComparison.OrdinalIgnoreCase) ? text
            : $"{summary}\n\n{text}";
        said = string.IsNullOrEmpty(said) ? Describe(operation) : said;
        return ToolText.Shorten(operation.Node["deprecated"].IsTrue ? $"Deprecated. {said}" : said, ToolText.ToolLimit);
    }

    // A document without prose still has names: «List messages: GET /channels/{id}/messages».
    private static string Describe(Operation operation)
    {
        var words = ToolText.Words(operation.Node["operationId"].Text);
        return words.Length == 0 ? operation.Origin : $"{words}: {operation.Origin}";
    }

    private static void WriteInput(Utf8JsonWriter writer, List<ArgumentDraft> arguments, SchemaAssembler assembler)
    {
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        foreach (var argument in arguments)
        {
            writer.WritePropertyName(argument.Plan.Name);
            assembler.Write(argument.Schema, writer, argument.Description);
        }

        writer.WriteEndObject();
        if (arguments.Exists(argument => argument.Plan.Required))
        {
            writer.WriteStartArray("required");
            arguments.FindAll(argument => argument.Plan.Required).ForEach(argument => writer.WriteStringValue(argument.Plan.Name));
            writer.WriteEndArray();
        }

        writer.WriteBoolean("additionalProperties", false);
        assembler.WriteDefinitions(writer);
    }

    /// <summary>By the meaning of the HTTP method (RFC 9110). POST and PATCH keep the protocol's default: they may destroy.</summary>
    private static void WriteAnnotations(Utf8JsonWriter writer, string method)
    {
        var isSafe = method is "GET" or "HEAD" or "OPTIONS" or "TRACE";
        writer.WriteBoolean("readOnlyHint", isSafe);
        if (method is "PUT" or "DELETE")
        {
            writer.WriteBoolean("destructiveHint", true);
            writer.WriteBoolean("idempotentHint", true);
        }
    }
}
