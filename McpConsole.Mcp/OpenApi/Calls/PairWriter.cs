using System.Text;
using System.Text.Json;
using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi.Calls;

/// <summary>
/// Writes <c>name=value</c> pairs: queries, cookies and urlencoded forms, in the styles that OpenAPI takes from RFC 6570.
/// </summary>
internal sealed class PairWriter(StringBuilder output, string separator)
{
    private bool _hasPairs;

    public bool HasPairs => _hasPairs;

    public void Write(ArgumentPlan argument, JsonElement value)
    {
        switch (argument.Form, value.ValueKind)
        {
            case (ValueForm.Json, _):
                Pair(argument, argument.WireName, value.GetRawText());
                break;
            case (_, JsonValueKind.Array):
                WriteArray(argument, value);
                break;
            case (not ValueForm.Natural, JsonValueKind.Object):
                WriteObject(argument, value);
                break;
            default:
                Pair(argument, argument.WireName, ValueText.Of(value));
                break;
        }
    }

    public void Pair(string name, string value) => Pair(name, value, allowReserved: false);

    private void WriteArray(ArgumentPlan argument, JsonElement array)
    {
        var delimiter = StyleDelimiter.Of(argument.Style);
        var isSeparate = argument.Explode || argument.Style == ParameterStyle.DeepObject;
        var isFirst = true;
        foreach (var item in array.EnumerateArray())
        {
            if (isSeparate)
            {
                Pair(argument, argument.WireName, ValueText.Of(item));
                continue;
            }

            // An empty list has no pair at all, as RFC 6570 says.
            Begin(isFirst ? argument.WireName : null, delimiter);
            PercentEncoding.Append(output, ValueText.Of(item), argument.AllowReserved);
            isFirst = false;
        }
    }

    private void WriteObject(ArgumentPlan argument, JsonElement value)
    {
        if (argument.Style == ParameterStyle.DeepObject)
        {
            WriteDeep(argument, argument.WireName, value);
            return;
        }

        var delimiter = StyleDelimiter.Of(argument.Style);
        var isFirst = true;
        foreach (var member in value.EnumerateObject())
        {
            if (argument.Explode)
            {
                Pair(argument, member.Name, ValueText.Of(member.Value));
                continue;
            }

            Begin(isFirst ? argument.WireName : null, delimiter);
            PercentEncoding.Append(output, member.Name);
            output.Append(delimiter);
            PercentEncoding.Append(output, ValueText.Of(member.Value), argument.AllowReserved);
            isFirst = false;
        }
    }

    // name[a][b]=c. What a list in it looks like is not specified; repeating the name is what most servers read.
    private void WriteDeep(ArgumentPlan argument, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    WriteDeep(argument, $"{name}[{member.Name}]", member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    WriteDeep(argument, name, item);
                }

                break;
            default:
                Pair(argument, name, ValueText.Of(value));
                break;
        }
    }

    private void Pair(ArgumentPlan argument, string name, string value) => Pair(name, value, argument.AllowReserved);

    private void Pair(string name, string value, bool allowReserved)
    {
        Begin(name, "");
        PercentEncoding.Append(output, value, allowReserved);
    }

    private void Begin(string? name, string delimiter)
    {
        if (name is null)
        {
            output.Append(delimiter);
            return;
        }

        output.Append(_hasPairs ? separator : "");
        _hasPairs = true;
        PercentEncoding.Append(output, name);
        output.Append('=');
    }
}
