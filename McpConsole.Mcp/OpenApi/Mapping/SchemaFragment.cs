using System.Collections.Immutable;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>
/// A schema as JSON, compiled once however many tools use it. Where it refers to another schema there is a hole, and each tool decides
/// whether to fill in that schema or a <c>$ref</c> to its own <c>$defs</c>.
/// </summary>
/// <param name="Json">The object with its braces, without its description; a hole is one zero in the place of a value.</param>
/// <param name="Description">Kept apart, because a place of use may have a better one.</param>
/// <param name="Faults">References in it that lead nowhere: what needs this schema cannot be used.</param>
internal sealed record SchemaFragment(byte[] Json, string? Description, ImmutableArray<SchemaHole> Holes, ImmutableArray<string> Faults);

/// <param name="Offset">Of the zero in the fragment's JSON.</param>
internal readonly record struct SchemaHole(int Offset, SchemaSite Site);
