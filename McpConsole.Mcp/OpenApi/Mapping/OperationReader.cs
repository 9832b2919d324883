using McpConsole.Mcp.OpenApi.Documents;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>Finds the operations of a document, in its order.</summary>
internal static class OperationReader
{
    private static readonly string[] s_methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    public static IEnumerable<Operation> Read(DocumentSet documents, MappingNotes notes)
    {
        var paths = documents.Main.Root["paths"];
        if (paths.Exists && !paths.IsObject)
        {
            notes.Add(documents, paths, "«paths» is an object; it is read as empty.");
        }

        foreach (var (path, entry) in paths.Members)
        {
            if (path.StartsWith("x-", StringComparison.Ordinal))
            {
                continue;
            }

            var item = documents.Follow(entry, out var fault);
            if (fault is not null)
            {
                notes.Add(fault + " The operations of this path are left out.");
            }
            else if (!path.StartsWith('/') || !item.IsObject)
            {
                notes.Add(documents, entry, "a path begins with «/» and has an object of operations; it is left out.");
            }
            else
            {
                foreach (var operation in ReadPath(documents, notes, path, item))
                {
                    yield return operation;
                }
            }
        }
    }

    private static IEnumerable<Operation> ReadPath(DocumentSet documents, MappingNotes notes, string path, Node item)
    {
        foreach (var (method, node) in item.Members)
        {
            if (Array.IndexOf(s_methods, method) < 0)
            {
                continue;
            }

            if (!node.IsObject)
            {
                notes.Add(documents, node, "an operation is an object; it is left out.");
                continue;
            }

            var id = node["operationId"].Text is { Length: > 0 } given ? given : MadeId(method, path);
            yield return new Operation(
                node,
                item,
                path,
                method.ToUpperInvariant(),
                id,
                [.. node["tags"].Items.Select(tag => tag.Text ?? "").Where(tag => tag.Length > 0)]);
        }
    }

    private static string MadeId(string method, string path) =>
        ToolNames.Clean(path) is { Length: > 0 } words ? $"{method}_{words}" : $"{method}_root";
}
