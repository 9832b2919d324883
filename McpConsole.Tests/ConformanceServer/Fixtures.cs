using System.Text;
using System.Text.Json;

namespace McpConsole.ConformanceServer;

/// <summary>What several fixtures answer with.</summary>
internal static class Fixtures
{
    /// <summary>A red PNG of one pixel.</summary>
    public const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

    /// <summary>A WAV file without samples.</summary>
    public const string Wav = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=";

    public static ReadOnlyMemory<byte> Utf8(string json) => Encoding.UTF8.GetBytes(json);

    public static void Raw(this Utf8JsonWriter writer, string member, string json)
    {
        writer.WritePropertyName(member);
        writer.WriteRawValue(json);
    }

    public static void Text(this Utf8JsonWriter writer, string text)
    {
        writer.WriteStartArray("content");
        writer.WriteStartObject();
        writer.WriteString("type", "text");
        writer.WriteString("text", text);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    public static string Quoted(string text) => JsonSerializer.Serialize(text);
}
