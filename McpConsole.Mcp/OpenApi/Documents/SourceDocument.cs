using System.Security.Cryptography;
using System.Text.Json;

namespace McpConsole.Mcp.OpenApi.Documents;

/// <summary>A parsed document and where it came from.</summary>
internal sealed class SourceDocument(DocumentText text, JsonElement root)
{
    private readonly Dictionary<string, (Node Parent, Dictionary<string, Node> Children)> _members = [];

    public Uri Location { get; } = text.Location;

    public byte[] Hash { get; } = SHA256.HashData(text.Content);

    public Node Root => new(this, root, Place.Root);

    /// <summary>The value that a JSON pointer (RFC 6901, as a URI fragment without the <c>#</c>) names.</summary>
    public Node Find(string pointer)
    {
        if (pointer.Length == 0)
        {
            return Root;
        }

        // Longer than the document is deep, it names nothing; asked first, because the search goes as deep as the pointer.
        if (pointer[0] != '/' || pointer.AsSpan().Count('/') > DocumentParser.MaxDepth)
        {
            return default;
        }

        var slash = pointer.LastIndexOf('/');
        var name = Uri.UnescapeDataString(pointer[(slash + 1)..]).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        var members = Members(pointer[..slash]);
        return members.Parent.IsArray ? Item(members.Parent, name) : members.Children.GetValueOrDefault(name);
    }

    // Thousands of references lead to the members of one object: it is indexed once.
    private (Node Parent, Dictionary<string, Node> Children) Members(string pointer)
    {
        if (!_members.TryGetValue(pointer, out var found))
        {
            var parent = Find(pointer);
            found = (parent, parent.Members.ToDictionary(member => member.Name, member => member.Value));
            _members.Add(pointer, found);
        }

        return found;
    }

    private static Node Item(Node array, string name) =>
        int.TryParse(name, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index)
            ? array.Items.ElementAtOrDefault(index)
            : default;
}
