using System.Text.Json;

namespace McpConsole.Mcp.Protocol;

/// <summary>The prompts behind a server. Thread-safe.</summary>
public interface IPromptSource
{
    /// <summary>The JSON array of <c>prompts/list</c>, ready to be sent. Replaced whole.</summary>
    ReadOnlyMemory<byte> ListJson { get; }

    /// <summary>Raised after the list was replaced. Handlers return at once.</summary>
    event Action? Changed;

    /// <summary>Fills in a prompt.</summary>
    /// <param name="arguments">A JSON object; empty when the client sent none.</param>
    /// <param name="result">Stands inside the open result object and gets <c>messages</c> and, where there is one, <c>description</c>.</param>
    /// <returns>False when there is none of that name; nothing is written then.</returns>
    ValueTask<bool> GetAsync(string name, JsonElement arguments, Utf8JsonWriter result, IRequestContext context, CancellationToken cancellationToken);
}
