using System.Globalization;

namespace McpConsole.Mcp.OpenApi.Documents;

/// <summary>Where a node stands, as a chain from the root: cheap to carry along, written out only when a message needs it.</summary>
internal sealed class Place
{
    private readonly Place? _parent;
    private readonly string? _name;
    private readonly int _index;

    public Place(Place parent, string name) => (_parent, _name) = (parent, name);

    public Place(Place parent, int index) => (_parent, _index) = (parent, index);

    private Place()
    {
    }

    public static Place Root { get; } = new();

    /// <summary>A JSON pointer in a URI fragment: <c>#/paths/~1pets/get</c>.</summary>
    public override string ToString() => _parent is null
        ? "#"
        : string.Concat(_parent.ToString(), "/", _name is null ? _index.ToString(CultureInfo.InvariantCulture) : Escape(_name));

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
