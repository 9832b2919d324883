using System.Collections.Immutable;
using McpConsole.Domain.Servers;
using McpConsole.Mcp.OpenApi.Documents;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>An operation as the document has it.</summary>
/// <param name="Id">Its operationId, or one made of method and path.</param>
internal sealed record Operation(Node Node, Node PathItem, string Path, string Method, string Id, ImmutableArray<string> Tags)
{
    /// <summary>What tells it from every other operation.</summary>
    public string Origin => $"{Method} {Path}";

    /// <summary>What the document says of it, the path's words where it has none of its own.</summary>
    public string? Words(string name) => Node[name].Text ?? PathItem[name].Text;

    /// <summary>Whether the document keeps it from tools: <c>x-mcp: false</c> here, on its path or on the document; the nearest counts.</summary>
    public bool OptsOut
    {
        get
        {
            foreach (var node in (ReadOnlySpan<Node>)[Node, PathItem, Node.Document.Root])
            {
                var mark = node["x-mcp"].IsObject ? node["x-mcp"]["enabled"] : node["x-mcp"];
                if (mark.IsTrue || mark.IsFalse)
                {
                    return mark.IsFalse;
                }
            }

            return false;
        }
    }

    public bool IsSelected(OperationFilter filter, string? toolName) => filter.Keeps(Id, toolName, Method, Path, Tags);
}
