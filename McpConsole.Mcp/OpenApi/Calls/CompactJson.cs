using System.Text.Json;
using System.Text.Unicode;

namespace McpConsole.Mcp.OpenApi.Calls;

/// <summary>
/// Checks JSON from outside and takes its line breaks and indentation out, so that it can be passed on as it is: messages on stdio end at a
/// line break, and a model pays for every blank.
/// </summary>
internal static class CompactJson
{
    private const int MaxDepth = 500;

    /// <summary>False when it is no JSON.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> text, out ReadOnlyMemory<byte> json)
    {
        json = text.Trim(" \t\r\n"u8);
        if (!Utf8.IsValid(json.Span) || !IsJson(json.Span))
        {
            return false;
        }

        if (json.Span.ContainsAny((byte)'\n', (byte)'\r'))
        {
            json = Compact(json.Span);
        }

        return true;
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Valid JSON has blanks only outside of strings, and a string ends at the first quote that is not escaped.
    private static byte[] Compact(ReadOnlySpan<byte> json)
    {
        var output = new byte[json.Length];
        var (length, inString) = (0, false);
        for (var i = 0; i < json.Length; i++)
        {
            var b = json[i];
            if (inString && b == '\\')
            {
                output[length++] = b;
                b = json[++i];
            }
            else if (b == '"')
            {
                inString = !inString;
            }
            else if (!inString && b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                continue;
            }

            output[length++] = b;
        }

        return output[..length];
    }
}
