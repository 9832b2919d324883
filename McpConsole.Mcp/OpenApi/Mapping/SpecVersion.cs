namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>The revisions whose differences matter to the mapping; 3.2 is read as 3.1.</summary>
internal enum SpecVersion
{
    V2,
    V30,
    V31,
}
