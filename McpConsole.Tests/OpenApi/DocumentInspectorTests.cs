using McpConsole.Domain.Servers;
using McpConsole.Mcp.OpenApi;
using McpConsole.Mcp.OpenApi.Documents;

namespace McpConsole.Tests.OpenApi;

public sealed class DocumentInspectorTests
{
    [Fact]
    public async Task A_preview_tells_of_every_operation_whether_and_why()
    {
        using var inspector = new DocumentInspector(DocumentOptions.Default);
        var preview = (await inspector.InspectAsync(
            DocumentFiles.PathOf("dangling.yaml"), new OperationFilter([], ["good"]), TestContext.Current.CancellationToken)).Value;
        preview.Format.ShouldBe("OpenAPI 3.0.0");
        preview.Title.ShouldBe("Dangling");
        preview.BaseUrl.ShouldBe("https://api.example");
        preview.Operations.Select(operation => (operation.OperationId, operation.ToolName, operation.Selected, Skipped: operation.SkippedBecause != null)).ShouldBe(
        [
            ("good", "good", false, false),
            ("badBody", null, true, true),
            ("badDeep", null, true, true),
            ("badParameter", null, true, true),
            ("badAnswer", "badAnswer", true, false),
        ]);
        preview.Operations[0].Tokens.ShouldBeGreaterThan(10);
        preview.TotalTokens.ShouldBeLessThan(preview.Operations[0].Tokens + preview.Operations[4].Tokens);
    }

    [Fact]
    public async Task A_document_that_cannot_be_used_is_an_error()
    {
        using var inspector = new DocumentInspector(DocumentOptions.Default);
        var inspected = await inspector.InspectAsync("no/such/file.yaml", OperationFilter.All, TestContext.Current.CancellationToken);
        inspected.Error!.Message.ShouldContain("no/such/file.yaml");
    }

    [Fact]
    public async Task A_device_without_an_end_is_too_big()
    {
        using var inspector = new DocumentInspector(DocumentOptions.Default with { MaxBytes = 1 << 20 });
        var inspected = await inspector.InspectAsync("/dev/zero", OperationFilter.All, TestContext.Current.CancellationToken);
        inspected.Error!.Code.ShouldBe("document.too_big");
    }
}
