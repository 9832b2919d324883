using System.Text.Json;

namespace McpConsole.Mcp.Protocol;

/// <summary>The tools behind a server. Thread-safe: the list is read and tools are called from any thread, in parallel.</summary>
public interface IToolSource
{
    /// <summary>
    /// The JSON array of <c>tools/list</c> in UTF-8, written once when the tools change and sent as it is. Replaced whole, never changed.
    /// </summary>
    ReadOnlyMemory<byte> ListJson { get; }

    /// <summary>Raised after <see cref="ListJson"/> was replaced. Handlers return at once.</summary>
    event Action? Changed;

    /// <summary>Calls a tool. Cancelled when the client cancels the call, goes away, or the server stops.</summary>
    /// <param name="arguments">A JSON object; empty when the client sent none. Valid until the returned task completes.</param>
    /// <param name="result">
    /// Stands inside the open result object and gets its members: <c>content</c>, and where they apply <c>structuredContent</c> and
    /// <c>isError</c>. Faults that a model can mend (wrong arguments, an error answer of the API behind) are results with <c>isError</c>.
    /// What was written before an exception is dropped and the client gets a JSON-RPC error.
    /// </param>
    /// <returns>False when there is no tool of that name; nothing is written then.</returns>
    /// <exception cref="McpException">The call cannot be carried out; becomes the JSON-RPC error.</exception>
    ValueTask<bool> CallAsync(string name, JsonElement arguments, Utf8JsonWriter result, IRequestContext context, CancellationToken cancellationToken);
}
