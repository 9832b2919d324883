using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>An argument on the way to a tool: where it goes, and the schema that it is asked for with.</summary>
/// <param name="Plan">Named as the API names it; <see cref="ArgumentNames"/> gives the name that the tool uses.</param>
internal sealed record ArgumentDraft(ArgumentPlan Plan, SchemaSite Schema, string? Description);
