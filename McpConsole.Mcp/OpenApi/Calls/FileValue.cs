using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text.Json;

namespace McpConsole.Mcp.OpenApi.Calls;

/// <summary>A file as a model gives it: base64, or a <c>data:</c> URL that also says what it is.</summary>
internal sealed record FileValue(byte[] Bytes, string? MediaType)
{
    public static bool TryRead(JsonElement value, [NotNullWhen(true)] out FileValue? file)
    {
        file = null;
        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        // data:image/png;base64,iVBORw0…
        var text = value.GetString()!;
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        string? mediaType = null;
        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) && comma > 0)
        {
            var semicolon = text.IndexOf(';', StringComparison.Ordinal);
            // Checked, because it goes into a header.
            mediaType = semicolon > 5 && semicolon < comma && MediaTypeHeaderValue.TryParse(text[5..semicolon], out var type) ? type.MediaType : null;
            text = text[(comma + 1)..];
        }

        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
        {
            return false;
        }

        file = new FileValue(bytes[..length], mediaType);
        return true;
    }

    public static string Fault(string argument) => $"The argument «{argument}» is a file: give its content as base64 text, or as a data: URL.";
}
