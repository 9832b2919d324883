using System.Collections.Immutable;
using System.Text.Json;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;

namespace McpConsole.Web.Servers;

/// <summary>
/// Reads the server lists that MCP clients keep: <c>mcpServers</c> (Claude Desktop, Claude Code, Cursor, Windsurf, Cline, Gemini CLI),
/// <c>servers</c> and <c>mcp.servers</c> (VS Code), or the bare map of names to entries. Comments and trailing commas are accepted, as
/// these files are kept by hand.
/// </summary>
public static class McpServersJson
{
    private static readonly JsonDocumentOptions s_options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>An error when the text is not a list of servers; a fault of one entry is that entry's own.</summary>
    public static Result<ImmutableArray<ImportedServer>> Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, s_options);
            return FindEntries(document.RootElement) is { } entries
                ? entries.EnumerateObject().Select(entry => Read(entry.Name, entry.Value)).ToImmutableArray()
                : new Error("import.not_servers", ErrorKind.Invalid, "No «mcpServers» or «servers» object was found. Paste the whole block.");
        }
        catch (JsonException e)
        {
            return new Error(
                "import.not_json", ErrorKind.Invalid, "This is not JSON: line {0}, column {1}.", e.LineNumber + 1, e.BytePositionInLine + 1);
        }
    }

    private static JsonElement? FindEntries(JsonElement root)
    {
        if (Object(root, "mcpServers") is { } servers)
        {
            return servers;
        }

        var holder = Object(root, "mcp") ?? root;
        return Object(holder, "servers") ?? (LooksLikeEntries(root) ? root : null);
    }

    private static bool LooksLikeEntries(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && element.EnumerateObject().Any()
        && element.EnumerateObject().All(p => Text(p.Value, "command") is not null || UrlOf(p.Value) is not null);

    private static ImportedServer Read(string name, JsonElement entry)
    {
        if (Text(entry, "command") is { Length: > 0 } command)
        {
            var draft = new ServerDraft
            {
                Name = name,
                Transport = McpTransport.Stdio,
                Command = [command, .. Strings(entry, "args")],
                Env = Map(entry, "env"),
                WorkingDirectory = Text(entry, "cwd"),
            };
            return new(name, draft, Notes([.. draft.Command, .. draft.Env.Values]));
        }

        if (UrlOf(entry) is { Length: > 0 } url)
        {
            var draft = new ServerDraft
            {
                Name = name,
                Transport = Text(entry, "type") is "sse" ? McpTransport.Sse : McpTransport.Streamable,
                Url = url,
                Headers = Map(entry, "headers"),
            };
            return new(name, draft, Notes([url, .. draft.Headers.Values]));
        }

        return new(name, new Error("import.no_launch", ErrorKind.Invalid, "«{0}» has neither a command nor a url.", name), []);
    }

    private static string? UrlOf(JsonElement entry) => Text(entry, "url") ?? Text(entry, "serverUrl") ?? Text(entry, "httpUrl");

    private static ImmutableArray<string> Notes(IEnumerable<string> values) =>
        values.Any(v => v.Contains("${", StringComparison.Ordinal))
            ? ["It has ${…} placeholders that the other client fills in: put the real values in before starting it."]
            : [];

    private static JsonElement? Object(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value
            : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static IEnumerable<string> Strings(JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(Plain) : [];

    private static ImmutableSortedDictionary<string, string> Map(JsonElement element, string name) =>
        Object(element, name) is { } map
            ? map.EnumerateObject().GroupBy(p => p.Name).ToImmutableSortedDictionary(g => g.Key, g => Plain(g.Last().Value), StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, string>.Empty;

    // Numbers and booleans are written without quotes by hand; they mean their text.
    private static string Plain(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
