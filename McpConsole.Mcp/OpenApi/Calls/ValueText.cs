using System.Text.Json;

namespace McpConsole.Mcp.OpenApi.Calls;

/// <summary>Reads a JSON value as the text that stands for it outside of JSON.</summary>
internal static class ValueText
{
    /// <summary>A string's content; anything else as JSON.</summary>
    public static string Of(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
