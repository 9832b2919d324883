using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>Bounds the prose of a document: every word of it costs tokens in every conversation.</summary>
internal static partial class ToolText
{
    /// <summary>Characters of a tool's description.</summary>
    public const int ToolLimit = 2000;

    /// <summary>Characters of a description inside a schema.</summary>
    public const int SchemaLimit = 500;

    /// <summary>Characters of a description inside the schema of a result, which explains itself.</summary>
    public const int ResultLimit = 120;

    /// <summary>Null when nothing is said. Links of Markdown keep their words alone: a model does not follow them.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Shorten(string? text, int limit)
    {
        text = text is null ? null : Link().Replace(text.Trim(), "${words}");
        if (string.IsNullOrEmpty(text))
        {
            return null!;
        }

        if (text.Length <= limit)
        {
            return text;
        }

        var end = text.LastIndexOf(' ', limit - 2, limit / 4) is > 0 and var space ? space : limit - 1;
        end -= char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
        return string.Concat(text.AsSpan(0, end).TrimEnd(), "…");
    }

    /// <summary>An identifier as a sentence begins: <c>listMessages</c> and <c>list_messages</c> as «List messages».</summary>
    public static string Words(string? identifier)
    {
        var words = new StringBuilder();
        foreach (var c in identifier ?? "")
        {
            var starts = !char.IsLetterOrDigit(c) || (char.IsUpper(c) && words.Length > 0 && char.IsLower(words[^1]));
            if (starts && words.Length > 0 && words[^1] != ' ')
            {
                words.Append(' ');
            }

            if (char.IsLetterOrDigit(c))
            {
                words.Append(words.Length == 0 ? char.ToUpperInvariant(c) : starts ? char.ToLowerInvariant(c) : c);
            }
        }

        return words.ToString().TrimEnd();
    }

    /// <summary>About what a text costs a model: four bytes to a token, which fits English and JSON within a fifth.</summary>
    /// <remarks>
    /// The ratio is the rule of thumb of model vendors, and that of a measured list: 805 tools made of OpenAPI documents, 828,580 bytes,
    /// about 207,000 tokens (samanhappy/mcphub#1082).
    /// </remarks>
    public static int Tokens(int utf8Bytes) => (utf8Bytes + 3) / 4;

    // [words](https://…)
    [GeneratedRegex(@"\[(?<words>[^\[\]]*)\]\(https?://[^()\s]*\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
