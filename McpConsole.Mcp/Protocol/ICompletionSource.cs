using System.Text.Json;

namespace McpConsole.Mcp.Protocol;

/// <summary>Completes arguments of prompts and resource templates as they are typed. Thread-safe.</summary>
public interface ICompletionSource
{
    /// <param name="parameters">The params of <c>completion/complete</c>: <c>ref</c> and <c>argument</c>.</param>
    /// <param name="result">Stands inside the open result object and gets the member <c>completion</c>.</param>
    ValueTask CompleteAsync(JsonElement parameters, Utf8JsonWriter result, CancellationToken cancellationToken);
}
