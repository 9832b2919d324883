using System.Security.Cryptography;
using System.Text.Json;

namespace McpConsole.Mcp.OpenApi.Documents;

/// <summary>A parsed document and where it came from.</summary>
internal sealed class SourceDocument(DocumentText text, JsonElement root)
{
    public Uri Location { get; } = text.Location;

    public byte[] Hash { get; } = SHA256.HashData(text.Content);

    public Node Root => new(this, root, Place.Root);

    /// <summary>The value that a JSON pointer (RFC 6901, as a URI fragment without the <c>#</c>) names.</summary>
    public Node Find(string pointer)
    {
        var node = Root;
        if (pointer.Length == 0)
        {
            return node;
        }

        if (pointer[0] != '/')
        {
            return default;
        }

        foreach (var segment in pointer[1..].Split('/'))
        {
            var name = Uri.UnescapeDataString(segment).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node = node.IsArray ? Item(node, name) : node[name];
        }

        return node;
    }

    private static Node Item(Node array, string name) =>
        int.TryParse(name, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index)
            ? array.Items.ElementAtOrDefault(index)
            : default;
}
