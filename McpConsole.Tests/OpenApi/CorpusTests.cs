using McpConsole.Mcp.OpenApi.Mapping;

namespace McpConsole.Tests.OpenApi;

/// <summary>
/// Documents that nobody here wrote: every one of the folder that <c>MCPCONSOLE_SPEC_CORPUS</c> names, or of the tests' own where it names
/// none, becomes tools or is refused with a reason.
/// </summary>
public sealed class CorpusTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private static string Folder => Environment.GetEnvironmentVariable("MCPCONSOLE_SPEC_CORPUS") is { Length: > 0 } named ? named : DocumentFiles.Folder;

    [Fact]
    public async Task Every_document_becomes_valid_tools_or_is_refused_with_a_reason()
    {
        var files = Directory.GetFiles(Folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".json" or ".yaml" or ".yml")
            .ToList();
        files.ShouldNotBeEmpty();
        var mapped = 0;
        foreach (var file in files)
        {
            var loaded = await MappedDocument.LoadAsync(file).WaitAsync(s_limit, TimeProvider.System, TestContext.Current.CancellationToken);
            if (loaded.TryGet(out var plan, out var error))
            {
                mapped++;
                Check(file, new MappedDocument(plan));
            }
            else
            {
                error.Message.ShouldContain(file);
            }
        }

        mapped.ShouldBeGreaterThan(0);
    }

    private static void Check(string file, MappedDocument document)
    {
        var names = document.Tools.ConvertAll(tool => tool.GetProperty("name").GetString()!);
        names.Distinct().Count().ShouldBe(names.Count, file);
        foreach (var tool in document.Tools)
        {
            var name = tool.GetProperty("name").GetString()!;
            (name.Length <= ToolNames.MaxLength && name == ToolNames.Clean(name)).ShouldBeTrue($"{file}: {name}");
            SchemaValidity.Faults(tool.GetProperty("inputSchema")).ShouldBeEmpty($"{file}: {name}");
            if (tool.TryGetProperty("outputSchema", out var output))
            {
                output.GetProperty("type").GetString().ShouldBe("object");
                SchemaValidity.Faults(output).ShouldBeEmpty($"{file}: {name}");
            }

            tool.GetProperty("description").GetString().ShouldNotBeNullOrWhiteSpace();
            document.Plan.Find(name).ShouldNotBeNull();
        }

        // What did not become a tool says why.
        document.Preview.Operations.Count(operation => operation.ToolName is not null).ShouldBe(names.Count, file);
        document.Preview.Operations.ShouldAllBe(operation => operation.ToolName != null || operation.SkippedBecause != null);
    }
}
