using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;

namespace McpConsole.Web.Servers;

/// <summary>Writes the snippets of the Connect panel: the settings or the command line with which a client reaches a server's URL.</summary>
public static class ClientSnippets
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="url">Where clients connect.</param>
    /// <param name="transport">What answers there; a bridged stdio server answers Streamable HTTP.</param>
    /// <param name="headers">Names of the headers that the server asks for; the reader puts in the values.</param>
    public static ImmutableArray<ClientSnippet> For(string name, string url, McpTransport transport, params ImmutableArray<string> headers)
    {
        var sse = transport == McpTransport.Sse;
        var values = headers.ToDictionary(h => h, h => $"<{h}>");
        return
        [
            new("Claude Desktop", "claude_desktop_config.json", Block("mcpServers", name, Remote(url, sse, values))),
            new("Claude Code", null, Line(["claude", "mcp", "add", "--transport", sse ? "sse" : "http", name, url], "--header", values)),
            new("Cursor", ".cursor/mcp.json", Block("mcpServers", name, Direct(null, url, values))),
            new("VS Code", ".vscode/mcp.json", Block("servers", name, Direct(sse ? "sse" : "http", url, values))),
            new("curl", null, sse ? Line(["curl", "-N", url], "-H", values) : Line(Initialize(url), "-H", values)),
            new("MCP Inspector", null, Line(
                ["npx", "@modelcontextprotocol/inspector", "--cli", url, "--transport", sse ? "sse" : "http", "--method", "tools/list"],
                "--header",
                values)),
        ];
    }

    // Claude Desktop's file knows stdio servers alone: mcp-remote carries it to a URL.
    private static JsonObject Remote(string url, bool sse, Dictionary<string, string> headers)
    {
        IEnumerable<string> args = ["-y", "mcp-remote", url, "--transport", sse ? "sse-only" : "http-only"];
        args = args.Concat(headers.SelectMany(h => new[] { "--header", $"{h.Key}:{h.Value}" }));
        return new() { ["command"] = "npx", ["args"] = new JsonArray([.. args.Select(a => JsonValue.Create(a))]) };
    }

    private static JsonObject Direct(string? type, string url, Dictionary<string, string> headers)
    {
        var entry = new JsonObject();
        if (type is not null)
        {
            entry["type"] = type;
        }

        entry["url"] = url;
        if (headers.Count > 0)
        {
            entry["headers"] = new JsonObject(headers.Select(h => KeyValuePair.Create(h.Key, (JsonNode?)h.Value)));
        }

        return entry;
    }

    private static string Block(string list, string name, JsonObject entry) =>
        new JsonObject { [list] = new JsonObject { [name] = entry } }.ToJsonString(s_json);

    private static string[] Initialize(string url) =>
    [
        "curl", url, "-H", "Content-Type: application/json", "-H", "Accept: application/json, text/event-stream", "-d",
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"curl","version":"1"}}}""",
    ];

    private static string Line(string[] words, string option, Dictionary<string, string> headers) => string.Join(
        ' ', words.Concat(headers.SelectMany(h => new[] { option, $"{h.Key}: {h.Value}" })).Select(ShellLine.Quote));
}
