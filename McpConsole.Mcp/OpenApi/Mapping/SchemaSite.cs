namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>A schema at a place of use: written there, or a reference to one that other places may share.</summary>
internal sealed class SchemaSite
{
    private SchemaSite(SchemaTarget? target, SchemaFragment? inline, string? description) =>
        (Target, Inline, Description) = (target, inline, description);

    public SchemaTarget? Target { get; }

    /// <summary>The schema where <see cref="Target"/> is null.</summary>
    private SchemaFragment? Inline { get; }

    /// <summary>What is said of the schema here; null leaves the schema's own description.</summary>
    public string? Description { get; }

    public SchemaFragment Fragment => Target?.Fragment ?? Inline!;

    public static SchemaSite Of(SchemaFragment fragment, string? description = null) => new(null, fragment, description);

    public static SchemaSite Of(SchemaTarget target, string? description) => new(target, null, description);

    public SchemaSite Describe(string? description) => description is null ? this : new(Target, Inline, description);
}
