using System.Text.Json;
using System.Text.RegularExpressions;

namespace McpConsole.Tests.OpenApi;

/// <summary>Checks that a schema is one by the meta-schema of JSON Schema 2020-12, as far as tools use it, and that its references lead somewhere.</summary>
internal static class SchemaValidity
{
    private static readonly HashSet<string> s_types = ["string", "number", "integer", "boolean", "object", "array", "null"];

    public static IEnumerable<string> Faults(JsonElement root) => Faults(root, root, "#", 0);

    private static IEnumerable<string> Faults(JsonElement schema, JsonElement root, string at, int depth)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return [];
        }

        if (schema.ValueKind != JsonValueKind.Object || depth > 200)
        {
            return [$"{at}: not a schema ({schema.ValueKind}, depth {depth})"];
        }

        var names = schema.EnumerateObject().Select(member => member.Name).ToList();
        return names.Count != names.Distinct().Count()
            ? [$"{at}: a keyword stands twice"]
            : schema.EnumerateObject().SelectMany(keyword => OfKeyword(keyword, root, $"{at}/{keyword.Name}", depth + 1));
    }

    private static IEnumerable<string> OfKeyword(JsonProperty keyword, JsonElement root, string at, int depth)
    {
        var value = keyword.Value;
        static bool Fault(bool isValid) => !isValid;
        switch (keyword.Name)
        {
            case "type":
                var types = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(item => item.GetString()).ToList() : [value.GetString()];
                return Fault(types.Count > 0 && types.TrueForAll(type => s_types.Contains(type!)) && types.Distinct().Count() == types.Count) ? [at] : [];
            case "properties" or "patternProperties" or "$defs" or "dependentSchemas":
                return value.ValueKind != JsonValueKind.Object
                    ? [at]
                    : value.EnumerateObject().SelectMany(member => Faults(member.Value, root, $"{at}/{member.Name}", depth))
                        .Concat(value.EnumerateObject().GroupBy(member => member.Name).Where(group => group.Count() > 1).Select(group => $"{at}/{group.Key}: twice"));
            case "items" or "additionalProperties" or "not" or "if" or "then" or "else" or "contains" or "propertyNames":
                return Faults(value, root, at, depth);
            case "allOf" or "anyOf" or "oneOf" or "prefixItems":
                return value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0
                    ? [at]
                    : value.EnumerateArray().SelectMany((item, index) => Faults(item, root, $"{at}/{index}", depth));
            case "required":
                var required = value.EnumerateArray().Select(item => item.GetString()).ToList();
                return Fault(required.Distinct().Count() == required.Count) ? [at] : [];
            case "enum":
                return Fault(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0) ? [at] : [];
            case "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "multipleOf":
                return Fault(value.ValueKind == JsonValueKind.Number) ? [at] : [];
            case "minLength" or "maxLength" or "minItems" or "maxItems" or "minProperties" or "maxProperties":
                return Fault(value.ValueKind == JsonValueKind.Number && value.GetInt64() >= 0) ? [at] : [];
            case "uniqueItems" or "deprecated":
                return Fault(value.ValueKind is JsonValueKind.True or JsonValueKind.False) ? [at] : [];
            case "description" or "format" or "contentEncoding" or "contentMediaType":
                return Fault(value.ValueKind == JsonValueKind.String) ? [at] : [];
            case "pattern":
                _ = new Regex(value.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1));
                return [];
            case "examples":
                return Fault(value.ValueKind == JsonValueKind.Array) ? [at] : [];
            case "$ref":
                var path = value.GetString()!;
                return Fault(path.StartsWith("#/$defs/") && root.TryGetProperty("$defs", out var definitions) && definitions.TryGetProperty(path["#/$defs/".Length..], out _)) ? [$"{at}: {path}"] : [];
            case "const" or "default":
                return [];
            default:
                return [$"{at}: not a keyword"];
        }
    }
}
