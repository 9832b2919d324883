using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>Tells media types apart by what can be done with them.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Form = "application/x-www-form-urlencoded";
    public const string Multipart = "multipart/form-data";

    public static bool IsJson(string? type) =>
        Bare(type) is { } bare
        && (bare.Equals(Json, StringComparison.OrdinalIgnoreCase)
            || bare.Equals("text/json", StringComparison.OrdinalIgnoreCase)
            || bare.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    public static bool IsText(string? type) =>
        Bare(type) is { } bare
        && (bare.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || bare.EndsWith("+xml", StringComparison.OrdinalIgnoreCase)
            || bare.EndsWith("/xml", StringComparison.OrdinalIgnoreCase)
            || bare.EndsWith("yaml", StringComparison.OrdinalIgnoreCase)
            || bare.EndsWith("json", StringComparison.OrdinalIgnoreCase) // x-ndjson and its like
            || bare.EndsWith("jsonl", StringComparison.OrdinalIgnoreCase)
            || bare.EndsWith("javascript", StringComparison.OrdinalIgnoreCase)
            || bare.EndsWith("graphql", StringComparison.OrdinalIgnoreCase)
            || bare.Equals(Form, StringComparison.OrdinalIgnoreCase));

    /// <summary>How a body of a type is written; of several the lowest is preferred.</summary>
    public static BodyKind Kind(string type) =>
        IsJson(type) || Bare(type) is "*/*" or "application/*" ? BodyKind.Json
        : Form.Equals(Bare(type), StringComparison.OrdinalIgnoreCase) ? BodyKind.Form
        : type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) ? BodyKind.Multipart
        : IsText(type) ? BodyKind.Text
        : BodyKind.Binary;

    /// <summary>Without parameters such as the charset.</summary>
    public static string? Bare(string? type) =>
        type?.IndexOf(';', StringComparison.Ordinal) is >= 0 and var end ? type[..end].Trim() : type?.Trim();
}
