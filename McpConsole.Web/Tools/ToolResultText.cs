using System.Text.Encodings.Web;
using System.Text.Json;

namespace McpConsole.Web.Tools;

/// <summary>What a tool answered, for reading: the text contents, JSON in them indented; other contents as JSON.</summary>
internal static class ToolResultText
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonElement result)
    {
        if (result.TryGetProperty("structuredContent", out var structured) && structured.ValueKind is not JsonValueKind.Null)
        {
            return JsonSerializer.Serialize(structured, s_indented);
        }

        return result.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array
            ? string.Join("\n\n", content.EnumerateArray().Select(OfContent))
            : JsonSerializer.Serialize(result, s_indented);
    }

    private static string OfContent(JsonElement content)
    {
        if (!content.TryGetProperty("text", out var value) || value.GetString() is not { } text)
        {
            return JsonSerializer.Serialize(content, s_indented);
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return JsonSerializer.Serialize(document.RootElement, s_indented);
        }
        catch (JsonException)
        {
            return text; // Plain text.
        }
    }
}
