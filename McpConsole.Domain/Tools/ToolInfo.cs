using System.Text.Json;

namespace McpConsole.Domain.Tools;

/// <summary>A tool as a server offers it.</summary>
/// <param name="InputSchema">JSON Schema 2020-12 of its arguments.</param>
/// <param name="Tokens">About what its entry in the tool list costs a model.</param>
public sealed record ToolInfo(
    string Name,
    string? Title,
    string? Description,
    JsonElement InputSchema,
    JsonElement? OutputSchema,
    JsonElement? Annotations,
    int Tokens);
