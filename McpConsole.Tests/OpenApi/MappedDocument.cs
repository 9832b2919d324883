using System.Text;
using System.Text.Json;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Domain.Tools;
using McpConsole.Mcp.OpenApi;
using McpConsole.Mcp.OpenApi.Documents;
using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Tests.OpenApi;

/// <summary>Maps documents for tests and reads the tools that come out as a client would.</summary>
internal sealed class MappedDocument(ToolPlan plan)
{
    public ToolPlan Plan => plan;

    public DocumentPreview Preview { get; } = plan.Preview;

    public List<JsonElement> Tools { get; } = [.. JsonDocument.Parse(plan.ListJson).RootElement.EnumerateArray()];

    public JsonElement Tool(string name) => Tools.Single(tool => tool.GetProperty("name").GetString() == name);

    public JsonElement Input(string tool) => Tool(tool).GetProperty("inputSchema");

    public JsonElement Argument(string tool, string argument) => Input(tool).GetProperty("properties").GetProperty(argument);

    public string? Skipped(string operationId) => Preview.Operations.Single(operation => operation.OperationId == operationId).SkippedBecause;

    public static async Task<MappedDocument> OfFileAsync(string name, OperationFilter? filter = null, string? baseUrl = null) =>
        new((await LoadAsync(DocumentFiles.PathOf(name), filter, baseUrl)).Value);

    /// <summary>A document written in the test.</summary>
    public static async Task<MappedDocument> OfTextAsync(string text, OperationFilter? filter = null, string? baseUrl = null) =>
        new((await LoadTextAsync(text, filter, baseUrl)).Value);

    public static async Task<Result<ToolPlan>> LoadTextAsync(string text, OperationFilter? filter = null, string? baseUrl = null)
    {
        using var folder = new DocumentFolder();
        return await LoadAsync(folder.Write("document", text), filter, baseUrl);
    }

    public static async Task<Result<ToolPlan>> LoadAsync(string location, OperationFilter? filter = null, string? baseUrl = null)
    {
        using var fetcher = new DocumentFetcher(DocumentOptions.Default);
        var loader = new PlanLoader(fetcher, DocumentOptions.Default, cache: null);
        var source = new OpenApiSource(location, baseUrl, filter ?? OperationFilter.All);
        return (await loader.LoadAsync(source, known: null, TestContext.Current.CancellationToken)).Select(loaded => loaded.Plan);
    }

    /// <summary>A document with one operation, for tests that care about nothing else.</summary>
    public static string OneOperation(string operation, string version = "3.1.0", string path = "/x", string method = "get") => $$"""
        openapi: {{version}}
        info: { title: One, version: '1' }
        servers: [{ url: https://api.example }]
        paths:
          {{path}}:
            {{method}}:
              operationId: x
        {{Indent(operation, 6)}}
        """;

    private static string Indent(string text, int by) =>
        new StringBuilder().AppendJoin('\n', text.Split('\n').Select(line => new string(' ', by) + line)).ToString();
}
