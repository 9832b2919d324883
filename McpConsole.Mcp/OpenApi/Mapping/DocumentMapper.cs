using System.Buffers;
using System.Collections.Immutable;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Domain.Tools;
using McpConsole.Mcp.OpenApi.Documents;
using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>
/// Maps a document to tools: pure, the same plan for the same documents and settings. A fault costs the operations that depend on it, not the
/// document.
/// </summary>
internal static class DocumentMapper
{
    /// <param name="baseUrl">Overrides every server in the document.</param>
    public static Result<ToolPlan> Map(DocumentSet documents, OperationFilter filter, string? baseUrl)
    {
        var notes = new MappingNotes();
        if (!ReadVersion(documents, notes).TryGet(out var format, out var error))
        {
            return error;
        }

        var servers = new ServerUrls(documents, notes);
        var mapper = new OperationMapper(documents, format.Version, notes);
        var names = new ToolNames();
        var seen = new HashSet<string>();
        var previews = ImmutableArray.CreateBuilder<OperationPreview>();
        var calls = new List<(string, CallPlan)>();
        var list = new ArrayBufferWriter<byte>(64 * 1024);
        list.Write("["u8);
        foreach (var operation in OperationReader.Read(documents, notes))
        {
            if (!seen.Add(operation.Id))
            {
                notes.Add(documents, operation.Node, $"the operationId «{operation.Id}» stands twice; the name of this tool gets a suffix.");
            }

            // Named before it is filtered: leaving one operation out does not rename another.
            var name = names.Take(operation.Id, operation.Origin);
            var selected = operation.IsSelected(filter, name);
            var ownServer = baseUrl is null ? servers.Of(operation.Node) ?? servers.Of(operation.PathItem) : null;
            string? fault = null;
            var tool = operation.OptsOut ? null : mapper.Map(operation, name, ownServer, out fault);
            previews.Add(new OperationPreview(
                operation.Id,
                operation.Method,
                operation.Path,
                operation.Tags,
                tool is null ? null : name,
                OperationMapper.Description(operation),
                tool is null ? 0 : ToolText.Tokens(tool.Entry.Length),
                selected,
                operation.OptsOut ? "The document keeps it out (x-mcp: false)." : fault));
            if (tool is not null && selected)
            {
                list.Write(calls.Count == 0 ? [] : ","u8);
                list.Write(tool.Entry);
                calls.Add((name, tool.Plan));
            }
        }

        list.Write("]"u8);
        if (previews.Count == 0)
        {
            notes.Add("#/paths: the document has no operations, so there are no tools.");
        }

        var info = documents.Main.Root["info"];
        var preview = new DocumentPreview(
            info["title"].Text is { Length: > 0 } title ? title : Path.GetFileNameWithoutExtension(documents.Main.Location.LocalPath),
            info["version"].Text,
            format.Name,
            baseUrl ?? servers.OfDocument(format.Version),
            previews.ToImmutable(),
            ToolText.Tokens(list.WrittenCount),
            [.. notes.ToList()]);
        var sources = documents.Referenced.Select(document => new PlanSource(document.Location, document.Hash)).ToImmutableArray();
        return ToolPlan.Create(preview, sources, list.WrittenSpan.ToArray(), calls);
    }

    private static Result<(SpecVersion Version, string Name)> ReadVersion(DocumentSet documents, MappingNotes notes)
    {
        var where = DocumentLocation.Show(documents.Main.Location);
        var root = documents.Main.Root;
        if (!root.IsObject)
        {
            return DocumentErrors.NotOpenApi(where, "its top is not an object with an «openapi» or «swagger» field.");
        }

        if (root["swagger"].Text is { } swagger)
        {
            return swagger.StartsWith("2.", StringComparison.Ordinal)
                ? (SpecVersion.V2, $"Swagger {swagger}")
                : DocumentErrors.NotOpenApi(where, $"Swagger «{swagger}» is not supported; 2.0 and OpenAPI 3.0 and 3.1 are.");
        }

        switch (root["openapi"].Text)
        {
            case null:
                return DocumentErrors.NotOpenApi(where, "it has neither an «openapi» nor a «swagger» field at its top.");
            case var text when text.StartsWith("3.0", StringComparison.Ordinal):
                return (SpecVersion.V30, $"OpenAPI {text}");
            case var text when text.StartsWith("3.1", StringComparison.Ordinal):
                return (SpecVersion.V31, $"OpenAPI {text}");
            case var text when text.StartsWith("3.", StringComparison.Ordinal):
                notes.Add($"#/openapi: version {text} is read as 3.1; what is new in it is not seen.");
                return (SpecVersion.V31, $"OpenAPI {text}");
            case var text:
                return DocumentErrors.NotOpenApi(where, $"OpenAPI «{text}» is not supported; 3.0, 3.1 and Swagger 2.0 are.");
        }
    }
}
