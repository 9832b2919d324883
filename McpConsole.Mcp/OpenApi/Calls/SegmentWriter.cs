using System.Text;
using System.Text.Json;
using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi.Calls;

/// <summary>
/// Writes values without a name before them: path arguments (styles simple, label and matrix of RFC 6570) and headers (simple). Headers are
/// not percent-encoded.
/// </summary>
internal static class SegmentWriter
{
    public static void Write(StringBuilder output, ArgumentPlan argument, JsonElement value, bool encode)
    {
        // Prefix, and what stands between the entries when each is on its own.
        var (prefix, between) = argument.Style switch
        {
            ParameterStyle.Label => (".", "."),
            ParameterStyle.Matrix => (";", ";"),
            _ => ("", ","),
        };
        between = argument.Explode ? between : StyleDelimiter.Of(argument.Style);
        output.Append(prefix);
        if (argument.Form == ValueForm.Json)
        {
            Append(output, value.GetRawText(), encode);
            return;
        }

        var isMatrix = argument.Style == ParameterStyle.Matrix;
        if (isMatrix && !(argument.Explode && value.ValueKind is JsonValueKind.Array or JsonValueKind.Object))
        {
            Append(output, argument.WireName, encode);
            output.Append(value.ValueKind == JsonValueKind.String && value.ValueEquals(""u8) ? "" : "=");
        }

        var isFirst = true;
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Separate(output, between, ref isFirst);
                    if (isMatrix && argument.Explode)
                    {
                        Append(output, argument.WireName, encode);
                        output.Append('=');
                    }

                    Append(output, ValueText.Of(item), encode);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Separate(output, between, ref isFirst);
                    Append(output, member.Name, encode);
                    output.Append(argument.Explode ? "=" : between);
                    Append(output, ValueText.Of(member.Value), encode);
                }

                break;
            default:
                Append(output, ValueText.Of(value), encode);
                break;
        }
    }

    private static void Separate(StringBuilder output, string between, ref bool isFirst)
    {
        output.Append(isFirst ? "" : between);
        isFirst = false;
    }

    private static void Append(StringBuilder output, string text, bool encode)
    {
        if (encode)
        {
            PercentEncoding.Append(output, text);
        }
        else
        {
            output.Append(text);
        }
    }
}
