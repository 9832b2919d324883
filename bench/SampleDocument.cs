using System.Globalization;
using System.Text.Json;

namespace McpConsole.Bench;

/// <summary>An OpenAPI document of a wanted size whose operations all lead to <see cref="EchoApi"/>.</summary>
internal static class SampleDocument
{
    private const string Operation = """
        {"get": {
          "operationId": "echoNUMBER",
          "summary": "Echo number NUMBER",
          "description": "PADDING",
          "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
            {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100}},
            {"name": "filter", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}}],
          "responses": {"200": {"description": "The echo", "content": {"application/json": {"schema": {"type": "object",
            "properties": {"id": {"type": "string"}, "limit": {"type": "integer"}, "tags": {"type": "array", "items": {"type": "string"}},
              "owner": {"type": "object", "properties": {"name": {"type": "string"}, "mail": {"type": "string", "format": "email"}}}}}}}}}}}
        """;

    /// <param name="padding">Characters of description per operation.</param>
    public static string Write(string url, int operations, int padding)
    {
        var path = Path.Combine(Path.GetTempPath(), $"sample-{operations}-{Environment.ProcessId}.json");
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file);
        json.WriteStartObject();
        json.WriteString("openapi", "3.0.3");
        json.WriteStartObject("info");
        json.WriteString("title", "Sample");
        json.WriteString("version", "1");
        json.WriteEndObject();
        json.WriteStartArray("servers");
        json.WriteStartObject();
        json.WriteString("url", url);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("paths");
        for (var i = 0; i < operations; i++)
        {
            json.WritePropertyName($"/echo/{i}/{{id}}");
            json.WriteRawValue(Operation
                .Replace("NUMBER", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("PADDING", new string('d', padding), StringComparison.Ordinal));
        }

        json.WriteEndObject();
        json.WriteEndObject();
        return path;
    }
}
