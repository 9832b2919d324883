using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using McpConsole.Mcp.OpenApi.Mapping;
using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi.Calls;

/// <summary>Writes the members of a tool's result: what the API answered, as a model can read it.</summary>
internal static class ResultWriter
{
    // An error page is for people; its beginning says what is wrong.
    private const int MaxErrorBytes = 16 * 1024;

    /// <summary>A fault that the model or the user can mend.</summary>
    public static void WriteFault(Utf8JsonWriter result, string text)
    {
        WriteText(result, text);
        result.WriteBoolean("isError", true);
    }

    public static void Write(Utf8JsonWriter result, CallPlan plan, Uri target, ApiResponse response)
    {
        if (!response.IsSuccess)
        {
            WriteFault(result, Failure(plan, target, response));
        }
        else if (response.Body.IsEmpty)
        {
            WriteText(result, response.Location is { } location ? $"{Status(response)}\nLocation: {location}" : Status(response));
            WriteEmptyStructure(result, plan);
        }
        else if (!response.IsCut && LooksLikeJson(response) && CompactJson.TryRead(response.Body, out var json))
        {
            WriteJson(result, plan, json);
        }
        else
        {
            WriteOther(result, target, response);
            WriteEmptyStructure(result, plan);
        }
    }

    /// <summary>The URL as messages show it: without the query, which may hold a key.</summary>
    public static string Show(Uri target) => target.GetLeftPart(UriPartial.Path);

    private static void WriteJson(Utf8JsonWriter result, CallPlan plan, ReadOnlyMemory<byte> json)
    {
        result.WriteStartArray("content");
        result.WriteStartObject();
        result.WriteString("type"u8, "text"u8);
        result.WriteString("text"u8, json.Span);
        result.WriteEndObject();
        result.WriteEndArray();
        switch (json.Span[0])
        {
            case (byte)'{':
                result.WritePropertyName("structuredContent");
                result.WriteRawValue(json.Span, skipInputValidation: true);
                break;
            case (byte)'[':
                result.WriteStartObject("structuredContent");
                result.WritePropertyName("items");
                result.WriteRawValue(json.Span, skipInputValidation: true);
                result.WriteEndObject();
                break;
            default:
                WriteEmptyStructure(result, plan);
                break;
        }
    }

    // A tool with an output schema has to give structured content; the schema requires no member, so an empty object keeps to it.
    private static void WriteEmptyStructure(Utf8JsonWriter result, CallPlan plan)
    {
        if (plan.Output != OutputKind.Any)
        {
            result.WriteStartObject("structuredContent");
            result.WriteEndObject();
        }
    }

    private static bool LooksLikeJson(ApiResponse response) => response.ContentType is null || MediaTypes.IsJson(response.ContentType);

    private static void WriteOther(Utf8JsonWriter result, Uri target, ApiResponse response)
    {
        var type = response.ContentType ?? "";
        var kind = type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) && !type.Contains("svg", StringComparison.OrdinalIgnoreCase) ? "image"
            : type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) ? "audio"
            : null;
        if (MediaTypes.IsText(type) || MediaTypes.IsJson(type) || (kind is null && type.Length == 0 && Utf8.IsValid(response.Body.Span)))
        {
            WriteText(result, Text(response, response.Body.Span) + (response.IsCut ? Cut(response) : ""));
        }
        else if (response.IsCut)
        {
            WriteText(result, $"{Status(response)}: {type} content of more than {Megabytes(response)} MB, too large to be passed on.");
        }
        else if (kind is not null)
        {
            result.WriteStartArray("content");
            result.WriteStartObject();
            result.WriteString("type", kind);
            result.WriteBase64String("data", response.Body.Span);
            result.WriteString("mimeType", type);
            result.WriteEndObject();
            result.WriteEndArray();
        }
        else
        {
            WriteResource(result, target, type, response);
        }
    }

    private static void WriteResource(Utf8JsonWriter result, Uri target, string type, ApiResponse response)
    {
        result.WriteStartArray("content");
        result.WriteStartObject();
        result.WriteString("type", "resource");
        result.WriteStartObject("resource");
        result.WriteString("uri", Show(target));
        result.WriteString("mimeType", type.Length == 0 ? "application/octet-stream" : type);
        result.WriteBase64String("blob", response.Body.Span);
        result.WriteEndObject();
        result.WriteEndObject();
        result.WriteEndArray();
    }

    private static string Failure(CallPlan plan, Uri target, ApiResponse response)
    {
        var body = response.Body.Span;
        var text = Text(response, body.Length > MaxErrorBytes ? body[..MaxErrorBytes] : body).Trim();
        var hint = response.Status is 401 or 403 ? " (the API refuses the token or has been given none)" : "";
        return $"{Status(response)}{hint} from {plan.Method} {Show(target)}{(text.Length == 0 ? "" : "\n" + text)}";
    }

    private static string Status(ApiResponse response) => $"HTTP {response.Status} {response.Reason}".TrimEnd();

    private static string Cut(ApiResponse response) =>
        $"\n[Cut here: the response is longer than {Megabytes(response)} MB. Ask for less, by paging or a filter.]";

    private static string Megabytes(ApiResponse response) => (response.Body.Length / (1024.0 * 1024)).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Text(ApiResponse response, ReadOnlySpan<byte> body)
    {
        try
        {
            return (response.Charset is { } charset ? Encoding.GetEncoding(charset) : Encoding.UTF8).GetString(body);
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8.GetString(body);
        }
    }

    private static void WriteText(Utf8JsonWriter result, string text)
    {
        result.WriteStartArray("content");
        result.WriteStartObject();
        result.WriteString("type", "text");
        result.WriteString("text", text);
        result.WriteEndObject();
        result.WriteEndArray();
    }
}
