using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpConsole.Web.Tools;

/// <summary>How an argument is entered.</summary>
public enum SchemaInput
{
    Text,
    WholeNumber,
    Number,
    Boolean,
    Choice,

    /// <summary>One item per line.</summary>
    List,

    /// <summary>Objects and what no simpler input fits.</summary>
    Json,
}

/// <summary>One argument of a tool, as its input schema describes it.</summary>
/// <param name="Choices">The values of an enumeration, as JSON texts.</param>
/// <param name="Initial">What stands in the input at first.</param>
/// <param name="Item">The input of a list's items.</param>
public sealed record SchemaField(
    string Name, SchemaInput Input, bool Required, string? Description, ImmutableArray<string> Choices, string Initial, SchemaInput Item = SchemaInput.Text)
{
    /// <summary>The fields of an object schema (JSON Schema 2020-12), required ones first.</summary>
    public static ImmutableArray<SchemaField> Of(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var required = schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Select(name => name.ToString()).ToHashSet()
            : [];
        return [.. properties.EnumerateObject().Select(p => Read(p.Name, p.Value, required.Contains(p.Name))).OrderByDescending(field => field.Required)];
    }

    /// <summary>Makes the argument of what was entered: null to leave it out.</summary>
    /// <exception cref="FormatException">It is not what the schema asks for; the text says why.</exception>
    public JsonNode? Parse(string text)
    {
        if (text.Length == 0 && !(Required && Input == SchemaInput.Text))
        {
            return null;
        }

        return Input == SchemaInput.List
            ? new JsonArray([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => ParseOne(Item, line))])
            : ParseOne(Input, text);
    }

    private static JsonNode? ParseOne(SchemaInput input, string text) => input switch
    {
        SchemaInput.WholeNumber => JsonValue.Create(long.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture)),
        SchemaInput.Number => JsonValue.Create(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)),
        SchemaInput.Boolean => JsonValue.Create(bool.Parse(text)),
        SchemaInput.Choice or SchemaInput.Json => ParseJson(text),
        _ => JsonValue.Create(text),
    };

    private static JsonNode? ParseJson(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static SchemaField Read(string name, JsonElement schema, bool required)
    {
        var choices = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array
            ? values.EnumerateArray().Select(value => value.GetRawText()).ToImmutableArray()
            : [];
        var input = choices.IsEmpty ? InputOf(schema) : SchemaInput.Choice;
        var item = input == SchemaInput.List ? InputOf(schema.GetProperty("items")) : SchemaInput.Text;
        return new(name, input, required, Text(schema, "description"), choices, InitialOf(schema, input), item);
    }

    private static SchemaInput InputOf(JsonElement schema) => TypeOf(schema) switch
    {
        "string" => SchemaInput.Text,
        "integer" => SchemaInput.WholeNumber,
        "number" => SchemaInput.Number,
        "boolean" => SchemaInput.Boolean,
        "array" when schema.TryGetProperty("items", out var items) && InputOf(items) is SchemaInput.Text or SchemaInput.WholeNumber or SchemaInput.Number => SchemaInput.List,
        _ => SchemaInput.Json,
    };

    // «type» is a word, or a list of words in which «null» says that it may be left out.
    private static string? TypeOf(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type))
        {
            return null;
        }

        return type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Select(word => word.ToString()).Where(word => word != "null").ToArray() is [var only] ? only : null
            : type.ToString();
    }

    private static string InitialOf(JsonElement schema, SchemaInput input)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("default", out var value))
        {
            return "";
        }

        return input switch
        {
            SchemaInput.List when value.ValueKind == JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(item => item.ToString())),
            SchemaInput.Choice or SchemaInput.Json => value.GetRawText(),
            SchemaInput.Boolean => value.GetRawText(),
            _ => value.ToString(),
        };
    }

    private static string? Text(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
