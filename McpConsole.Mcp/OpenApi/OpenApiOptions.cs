using McpConsole.Mcp.OpenApi.Calls;
using McpConsole.Mcp.OpenApi.Documents;

namespace McpConsole.Mcp.OpenApi;

/// <summary>Everything that one OpenAPI server is made of.</summary>
public sealed record OpenApiOptions
{
    public required OpenApiSource Source { get; init; }

    public ApiAccess Access { get; init; } = new();

    public DocumentOptions Documents { get; init; } = DocumentOptions.Default;

    /// <summary>
    /// Where mapped documents are kept; null means <c>MCPCONSOLE_PLANS</c>, else <c>mcpconsole/plans</c> in the user's cache folder.
    /// </summary>
    public string? PlanFolder { get; init; }

    /// <summary>Whether the tools follow changes of the document.</summary>
    public bool Watch { get; init; }
}
