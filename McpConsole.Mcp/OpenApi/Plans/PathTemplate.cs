namespace McpConsole.Mcp.OpenApi.Plans;

/// <summary>Reads the <c>{name}</c> places of a path.</summary>
internal static class PathTemplate
{
    public static IEnumerable<string> Names(string path)
    {
        for (var open = path.IndexOf('{', StringComparison.Ordinal); open >= 0; open = path.IndexOf('{', open + 1))
        {
            var close = path.IndexOf('}', open);
            if (close > open + 1)
            {
                yield return path[(open + 1)..close];
            }
        }
    }
}
