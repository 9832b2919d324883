using System.Text.Json;

namespace McpConsole.Mcp.Protocol;

/// <summary>The resources behind a server. Thread-safe.</summary>
public interface IResourceSource
{
    /// <summary>The JSON array of <c>resources/list</c>, ready to be sent. Replaced whole.</summary>
    ReadOnlyMemory<byte> ListJson { get; }

    /// <summary>The JSON array of <c>resources/templates/list</c>, ready to be sent. Replaced whole.</summary>
    ReadOnlyMemory<byte> TemplatesJson { get; }

    /// <summary>Raised after a list was replaced. Handlers return at once.</summary>
    event Action? Changed;

    /// <summary>Raised with the URI of a resource whose content changed.</summary>
    event Action<string>? Updated;

    /// <summary>Reads a resource.</summary>
    /// <param name="result">Stands inside the open result object and gets the member <c>contents</c>.</param>
    /// <returns>False when there is none; nothing is written then.</returns>
    ValueTask<bool> ReadAsync(string uri, Utf8JsonWriter result, IRequestContext context, CancellationToken cancellationToken);
}
