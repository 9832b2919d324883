namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>What a schema is written for.</summary>
internal enum SchemaUse
{
    /// <summary>
    /// Arguments of a tool: everything that helps to fill them in. Properties that are <c>readOnly</c> are left out.
    /// </summary>
    Request,

    /// <summary>
    /// The shape of a result, for the reader: names, types and descriptions. What only judges (<c>required</c>, formats, ranges, enums) is
    /// left out, because clients refuse a whole result that breaks its schema, and what an API sends often differs from its document in
    /// just these. Properties that are <c>writeOnly</c> are left out.
    /// </summary>
    Response,
}
