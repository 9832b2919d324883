using McpConsole.Domain.Servers;
using McpConsole.Mcp.OpenApi;
using McpConsole.Mcp.OpenApi.Documents;
using McpConsole.Mcp.OpenApi.Plans;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpConsole.Tests.OpenApi;

public sealed class ToolPlanCacheTests : IDisposable
{
    private readonly DocumentFolder _folder = new();
    private readonly DocumentFolder _plans = new();
    private readonly DocumentFetcher _fetcher = new(DocumentOptions.Default);

    public void Dispose()
    {
        _fetcher.Dispose();
        _plans.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_plan_from_the_cache_equals_a_fresh_one()
    {
        var path = DocumentFiles.PathOf("petshop.yaml");
        var fresh = await LoadAsync(path);
        var kept = await LoadAsync(path);
        kept.Image.ToArray().ShouldBe(fresh.Image.ToArray());
        kept.Count.ShouldBe(5);
        kept.Title.ShouldBe("Pet shop");
        kept.BaseUrl.ShouldBe("https://eu.shop.example/v1");
        kept.Preview.Operations.Length.ShouldBe(5);
        var (one, two) = (kept.Find("listPets")!, fresh.Find("listPets")!);
        one.Arguments.ShouldBe(two.Arguments);
        (one with { Arguments = [] }).ShouldBe(two with { Arguments = [] });
        kept.Find("nobody").ShouldBeNull();
    }

    [Fact]
    public async Task The_document_is_not_mapped_again()
    {
        var path = _folder.Write("doc.yaml", MappedDocument.OneOperation(""));
        await LoadAsync(path);

        // A plan that no mapping would give shows that it came from the cache.
        var file = Directory.GetFiles(_plans.Path).Single();
        var marked = ToolPlan.Create((await LoadAsync(path)).Preview with { Title = "From the cache" }, [], "[]"u8.ToArray(), []);
        await File.WriteAllBytesAsync(file, marked.Image.ToArray(), TestContext.Current.CancellationToken);
        (await LoadAsync(path)).Title.ShouldBe("From the cache");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(-1)]
    public async Task A_corrupted_plan_is_made_anew(int damage)
    {
        var path = _folder.Write("doc.yaml", MappedDocument.OneOperation(""));
        var fresh = await LoadAsync(path);
        var file = Directory.GetFiles(_plans.Path).Single();
        var bytes = fresh.Image.ToArray();
        bytes[damage < 0 ? ^1 : damage] ^= 1;
        await File.WriteAllBytesAsync(file, damage == 50 ? bytes[..50] : bytes, TestContext.Current.CancellationToken);
        (await LoadAsync(path)).Image.ToArray().ShouldBe(fresh.Image.ToArray());
        (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).ShouldBe(fresh.Image.ToArray());
    }

    [Fact]
    public async Task Another_filter_or_base_url_is_another_plan()
    {
        var path = DocumentFiles.PathOf("petshop.yaml");
        (await LoadAsync(path)).Count.ShouldBe(5);
        (await LoadAsync(path, new OperationFilter(["tag:pets"], []))).Count.ShouldBe(2);
        (await LoadAsync(path, new OperationFilter([], ["tag:pets"]))).Count.ShouldBe(3);
        (await LoadAsync(path, baseUrl: "http://here")).BaseUrl.ShouldBe("http://here");
        Directory.GetFiles(_plans.Path).Length.ShouldBe(4);
    }

    [Fact]
    public async Task A_changed_document_that_it_refers_to_makes_the_plan_anew()
    {
        var path = _folder.Write("doc.yaml", MappedDocument.OneOperation(
            "requestBody: { content: { application/json: { schema: { $ref: part.yaml } } } }", method: "post"));
        _folder.Write("part.yaml", "properties: { old: {} }");
        new MappedDocument(await LoadAsync(path)).Argument("x", "old");
        _folder.Write("part.yaml", "properties: { young: {} }");
        new MappedDocument(await LoadAsync(path)).Argument("x", "young");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_costs_nothing_but_time()
    {
        var file = _folder.Write("a-file", "");
        var loader = new PlanLoader(_fetcher, DocumentOptions.Default, new ToolPlanCache(Path.Combine(file, "below"), NullLogger.Instance));
        var source = new OpenApiSource(DocumentFiles.PathOf("petshop.yaml"), null, OperationFilter.All);
        (await loader.LoadAsync(source, null, TestContext.Current.CancellationToken)).Value.Plan.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Plans_that_were_not_used_for_long_go()
    {
        for (var i = 0; i < 205; i++)
        {
            File.SetLastWriteTimeUtc(_plans.Write($"{i}.plan", ""), DateTime.UnixEpoch.AddDays(i));
        }

        await LoadAsync(DocumentFiles.PathOf("petshop.yaml"));
        var left = Directory.GetFiles(_plans.Path);
        left.Length.ShouldBe(200);
        left.ShouldNotContain(Path.Combine(_plans.Path, "5.plan"));
        left.ShouldContain(Path.Combine(_plans.Path, "6.plan"));
    }

    private async Task<ToolPlan> LoadAsync(string path, OperationFilter? filter = null, string? baseUrl = null)
    {
        var loader = new PlanLoader(_fetcher, DocumentOptions.Default, new ToolPlanCache(_plans.Path, NullLogger.Instance));
        var source = new OpenApiSource(path, baseUrl, filter ?? OperationFilter.All);
        return (await loader.LoadAsync(source, null, TestContext.Current.CancellationToken)).Value.Plan;
    }
}
