namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>What the value of a JSON Schema keyword has to be, and so how it is carried over.</summary>
internal enum KeywordShape
{
    Schema,
    SchemaList,
    SchemaMap,
    Number,
    Count,
    Flag,
    Text,
    Any,
}

/// <summary>
/// The keywords of JSON Schema 2020-12 that are carried over as they are. Those that need thought (<c>type</c>, <c>items</c>,
/// <c>required</c>, <c>allOf</c>, <c>enum</c>, <c>pattern</c>, <c>format</c>, limits with a boolean form) are written by hand; every other
/// word in a schema (<c>xml</c>, <c>x-…</c>, <c>$id</c>, <c>title</c>) says nothing to a model that fills in arguments, and is left out.
/// </summary>
internal static class SchemaKeywords
{
    private static readonly Dictionary<string, KeywordShape> s_request = new()
    {
        ["anyOf"] = KeywordShape.SchemaList,
        ["oneOf"] = KeywordShape.SchemaList,
        ["prefixItems"] = KeywordShape.SchemaList,
        ["not"] = KeywordShape.Schema,
        ["if"] = KeywordShape.Schema,
        ["then"] = KeywordShape.Schema,
        ["else"] = KeywordShape.Schema,
        ["additionalProperties"] = KeywordShape.Schema,
        ["propertyNames"] = KeywordShape.Schema,
        ["contains"] = KeywordShape.Schema,
        ["patternProperties"] = KeywordShape.SchemaMap,
        ["dependentSchemas"] = KeywordShape.SchemaMap,
        ["multipleOf"] = KeywordShape.Number,
        ["minLength"] = KeywordShape.Count,
        ["maxLength"] = KeywordShape.Count,
        ["minItems"] = KeywordShape.Count,
        ["maxItems"] = KeywordShape.Count,
        ["minProperties"] = KeywordShape.Count,
        ["maxProperties"] = KeywordShape.Count,
        ["minContains"] = KeywordShape.Count,
        ["maxContains"] = KeywordShape.Count,
        ["uniqueItems"] = KeywordShape.Flag,
        ["deprecated"] = KeywordShape.Flag,
        ["contentMediaType"] = KeywordShape.Text,
        ["const"] = KeywordShape.Any,
        ["default"] = KeywordShape.Any,
    };

    private static readonly Dictionary<string, KeywordShape> s_response = new()
    {
        ["anyOf"] = KeywordShape.SchemaList,
        ["prefixItems"] = KeywordShape.SchemaList,
        ["additionalProperties"] = KeywordShape.Schema,
    };

    public static bool TryGet(string keyword, SchemaUse use, out KeywordShape shape) =>
        (use == SchemaUse.Request ? s_request : s_response).TryGetValue(keyword, out shape);
}
