using System.Text.Json;
using System.Text.Unicode;
using McpConsole.Domain.Results;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.OpenApi.Documents;

/// <summary>Makes a JSON tree of a document's text, JSON or YAML.</summary>
internal static class DocumentParser
{
    /// <summary>Deeper documents are refused: everything that walks the tree may then recurse.</summary>
    public const int MaxDepth = 128;

    private static readonly JsonDocumentOptions s_json = new()
    {
        MaxDepth = MaxDepth,
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public static Result<JsonElement> Parse(DocumentText text)
    {
        var where = DocumentLocation.Show(text.Location);
        var content = text.Content.AsMemory();
        if (content.Span.StartsWith("\uFEFF"u8))
        {
            content = content[3..];
        }

        var first = content.Span.IndexOfAnyExcept(" \t\r\n"u8);
        if (first < 0)
        {
            return DocumentErrors.Empty(where);
        }

        if (!Utf8.IsValid(content.Span))
        {
            return DocumentErrors.NotText(where, FirstInvalidByte(content.Span));
        }

        return content.Span[first] is (byte)'{' or (byte)'[' ? ParseJson(where, content) : ParseYaml(where, content);
    }

    private static Result<JsonElement> ParseJson(string where, ReadOnlyMemory<byte> content)
    {
        if (LoneSurrogate.Find(content.Span) is >= 0 and var offset)
        {
            var before = content.Span[..offset];
            var column = offset - before.LastIndexOf((byte)'\n');
            return DocumentErrors.BrokenJson(where, before.Count((byte)'\n') + 1, column, "half of a surrogate pair.");
        }

        try
        {
            // Not disposed: the tree lives as long as the mapping does and is then collected.
            return JsonDocument.Parse(content, s_json).RootElement;
        }
        catch (JsonException e)
        {
            return DocumentErrors.BrokenJson(where, (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1, Cause(e.Message));
        }
    }

    private static Result<JsonElement> ParseYaml(string where, ReadOnlyMemory<byte> content)
    {
        var json = YamlConverter.ToJson(where, content);
        return json.TryGet(out var bytes, out var error) ? ParseJson(where, bytes) : error;
    }

    // The exception repeats line and position, which the error names in its own words.
    private static string Cause(string message) =>
        message.IndexOf(" LineNumber:", StringComparison.Ordinal) is >= 0 and var end ? message[..end] : message;

    private static long FirstInvalidByte(ReadOnlySpan<byte> text)
    {
        Utf8.ToUtf16(text, new char[text.Length], out var read, out _, replaceInvalidSequences: false);
        return read;
    }
}
