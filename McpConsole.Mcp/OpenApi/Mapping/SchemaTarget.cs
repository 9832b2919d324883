namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>A schema that references lead to. Compiled when it is first needed, which is what lets schemas refer to themselves.</summary>
internal sealed class SchemaTarget(string name, Func<SchemaFragment> compile)
{
    private readonly Lazy<SchemaFragment> _fragment = new(compile);

    /// <summary>What it is called in <c>$defs</c>, unless two of one tool have the same name.</summary>
    public string Name => name;

    public SchemaFragment Fragment => _fragment.Value;
}
