using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi.Calls;

/// <summary>What stands between the entries of a list that is one value; percent-encoded where a URL needs it.</summary>
internal static class StyleDelimiter
{
    public static string Of(ParameterStyle style) => style switch
    {
        ParameterStyle.SpaceDelimited => "%20",
        ParameterStyle.PipeDelimited => "%7C",
        ParameterStyle.TabDelimited => "%09",
        _ => ",",
    };
}
