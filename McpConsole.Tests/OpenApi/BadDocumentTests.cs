using McpConsole.Mcp.OpenApi;
using McpConsole.Mcp.OpenApi.Documents;
using McpConsole.Domain.Servers;

namespace McpConsole.Tests.OpenApi;

/// <summary>Bad input: each gets a message that names the fault and the place, and what is usable becomes a tool.</summary>
public sealed class BadDocumentTests
{
    [Theory]
    [InlineData("nothing-here.yaml", "document.missing")]
    [InlineData("empty.yaml", "document.empty")]
    [InlineData("broken.yaml", "document.broken_yaml")]
    [InlineData("broken.json", "document.broken_json")]
    [InlineData("not-openapi.json", "document.not_openapi")]
    [InlineData("alias-bomb.yaml", "document.broken_yaml")]
    [InlineData("", "document.unreadable")]
    public async Task A_document_that_cannot_be_used_is_refused_by_name_and_cause(string file, string code)
    {
        var error = (await MappedDocument.LoadAsync(DocumentFiles.PathOf(file))).Error!;
        error.Code.ShouldBe(code);
        error.Message.ShouldContain(DocumentFiles.PathOf(file));
    }

    [Theory]
    [InlineData("[]", "document.not_openapi")]
    [InlineData("just text", "document.not_openapi")]
    [InlineData("openapi: 4.0.0", "document.not_openapi")]
    [InlineData("swagger: '1.2'", "document.not_openapi")]
    [InlineData("openapi: {}", "document.not_openapi")]
    public async Task What_is_not_openapi_is_refused(string text, string code) =>
        (await MappedDocument.LoadTextAsync(text)).Error!.Code.ShouldBe(code);

    [Theory]
    [InlineData("ftp://host/x")]
    [InlineData("")]
    [InlineData("http://")]
    public async Task A_location_that_is_none_is_refused(string location) =>
        (await MappedDocument.LoadAsync(location)).Error!.Code.ShouldBe(location.Length == 0 ? "document.none" : "document.bad_location");

    [Fact]
    public async Task A_document_beyond_the_limit_is_refused()
    {
        var options = DocumentOptions.Default with { MaxBytes = 100 };
        using var fetcher = new DocumentFetcher(options);
        var source = new OpenApiSource(DocumentFiles.PathOf("petshop.yaml"), null, OperationFilter.All);
        var loaded = await new PlanLoader(fetcher, options, null).LoadAsync(source, null, TestContext.Current.CancellationToken);
        loaded.Error!.Code.ShouldBe("document.too_big");
    }

    [Fact]
    public async Task Documents_referred_to_share_the_limit()
    {
        var length = new FileInfo(DocumentFiles.PathOf("split/main.yaml")).Length;
        var options = DocumentOptions.Default with { MaxBytes = length };
        using var fetcher = new DocumentFetcher(options);
        var source = new OpenApiSource(DocumentFiles.PathOf("split/main.yaml"), null, OperationFilter.All);
        var loaded = await new PlanLoader(fetcher, options, null).LoadAsync(source, null, TestContext.Current.CancellationToken);
        loaded.Value.Plan.Preview.Warnings.ShouldContain(warning => warning.Contains("larger than the limit"));
    }

    [Fact]
    public async Task Circular_schemas_become_definitions()
    {
        var document = await MappedDocument.OfFileAsync("circular.yaml");
        document.Argument("saveTree", "children").GetRawText().ShouldBe("""{"type":"array","items":{"$ref":"#/$defs/Node"}}""");
        document.Input("saveTree").GetProperty("$defs").GetProperty("Node").GetProperty("properties").GetProperty("children")
            .GetProperty("items").GetProperty("$ref").GetString().ShouldBe("#/$defs/Node");
        document.Input("saveChicken").GetProperty("$defs").EnumerateObject().Count().ShouldBe(1);
        document.Tools.SelectMany(tool => SchemaValidity.Faults(tool.GetProperty("inputSchema"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_schema_that_is_only_itself_costs_its_operation()
    {
        var document = await MappedDocument.OfFileAsync("circular.yaml");
        document.Skipped("saveSnake")!.ShouldContain("leads in a circle");
        document.Skipped("saveAll").ShouldBeNull();
    }

    [Fact]
    public async Task A_dangling_reference_costs_the_operations_that_need_it_and_no_other()
    {
        var document = await MappedDocument.OfFileAsync("dangling.yaml");
        document.Tools.Select(tool => tool.GetProperty("name").GetString()).ShouldBe(["good", "badAnswer"]);
        document.Skipped("badBody").ShouldBe(
            "#/paths/~1bad-body/post/requestBody/content/application~1json/schema: $ref «#/components/schemas/Nobody» leads nowhere: there is nothing at that place.");
        document.Skipped("badDeep")!.ShouldStartWith("#/components/schemas/Holder/properties/inner: $ref");
        document.Skipped("badParameter")!.ShouldStartWith("#/paths/~1bad-parameter/get/parameters/0: $ref");
    }

    [Fact]
    public async Task A_dangling_reference_in_an_answer_costs_the_output_schema_alone()
    {
        var document = await MappedDocument.OfFileAsync("dangling.yaml");
        document.Tool("badAnswer").TryGetProperty("outputSchema", out _).ShouldBeFalse();
        document.Preview.Warnings.ShouldContain(warning => warning.Contains("missing.yaml") && warning.Contains("There is no file"));
        document.Preview.Warnings.ShouldContain(warning => warning.StartsWith("#/paths/~1bad-path: $ref «#/nowhere»"));
    }

    [Fact]
    public async Task Without_servers_there_are_tools_and_a_warning()
    {
        var document = await MappedDocument.OfFileAsync("no-servers.yaml");
        document.Plan.BaseUrl.ShouldBeNull();
        document.Tools.Count.ShouldBe(1);
        document.Preview.Warnings.ShouldContain("#/servers: the document names no server; give a base URL to call its operations.");
        (await MappedDocument.OfFileAsync("no-servers.yaml", baseUrl: "http://here:81/v1/")).Plan.BaseUrl.ShouldBe("http://here:81/v1");
    }

    [Fact]
    public async Task A_base_url_that_is_none_is_refused() =>
        (await MappedDocument.LoadAsync(DocumentFiles.PathOf("no-servers.yaml"), baseUrl: "localhost")).Error!.Code.ShouldBe("document.bad_base_url");

    [Fact]
    public async Task Without_operation_ids_method_and_path_name_the_tools()
    {
        var document = await MappedDocument.OfFileAsync("no-operation-ids.json");
        var names = document.Tools.Select(tool => tool.GetProperty("name").GetString()!).ToList();
        names[..3].ShouldBe(["get_users_id_posts", "post_users_id_posts", "get_root"]);
        names.ShouldAllBe(name => name.Length <= 64);
        names.ShouldBeUnique();
        names[4].ShouldStartWith("get_a_very_long_path");
    }

    [Fact]
    public async Task Duplicate_names_get_stable_suffixes()
    {
        var document = await MappedDocument.OfFileAsync("duplicate-names.yaml");
        var names = document.Tools.Select(tool => tool.GetProperty("name").GetString()!).ToList();
        names.ShouldBeUnique();
        names[0].ShouldBe("find");
        names[1].ShouldMatch("^find_[0-9a-f]{8}$");
        names[2].ShouldBe("fi_nd");
        names[3].ShouldMatch("^fi_nd_[0-9a-f]{8}$");
        document.Preview.Warnings.ShouldContain(warning => warning.Contains("«find» stands twice"));

        // Leaving out the first does not rename the second.
        var filtered = await MappedDocument.OfFileAsync("duplicate-names.yaml", new OperationFilter([], ["/a"]));
        filtered.Tools[0].GetProperty("name").GetString().ShouldBe(names[1]);
    }

    [Fact]
    public async Task Odd_schemas_become_valid_ones()
    {
        var document = await MappedDocument.OfFileAsync("odd-schemas.yaml");
        SchemaValidity.Faults(document.Input("odd")).ShouldBeEmpty();
        var texts = document.Input("odd").GetProperty("properties").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetRawText());
        texts["badType"].ShouldBe("{}");
        texts["badPattern"].ShouldBe("""{"type":"string"}""");
        texts["badLimits"].ShouldBe("""{"type":"string"}""");
        texts["emptyEnum"].ShouldBe("{}");
        texts["sameEnum"].ShouldBe("""{"enum":["a","b"]}""");
        texts["notASchema"].ShouldBe("{}");
        texts["nothing"].ShouldBe("""{"not":{}}""");
        texts["list"].ShouldBe("""{"type":"array","items":{}}""");
        texts["tuple"].ShouldBe("""{"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}]}""");
        texts["picture"].ShouldBe("""{"type":"string","contentEncoding":"base64"}""");
        texts["wrapped"].ShouldBe("""{"description":"Better words.","type":"string","maxLength":3}""");
        document.Preview.Warnings.ShouldContain(warning => warning.Contains("/properties/badType/type: «date» is not a type of JSON"));
    }

    [Fact]
    public async Task A_chain_of_ten_thousand_references_does_not_overflow_the_stack()
    {
        var schemas = string.Join('\n', Enumerable.Range(0, 10_000).Select(i =>
            $"    S{i}: {{ type: object, properties: {{ next: {{ $ref: '#/components/schemas/S{i + 1}' }} }} }}"));
        var operation = MappedDocument.OneOperation(
            "requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/S0' } } } }", method: "post");
        var document = await MappedDocument.OfTextAsync(operation + "\ncomponents:\n  schemas:\n" + schemas + "\n    S10000: { type: string }");
        SchemaValidity.Faults(document.Input("x")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Combinations_that_multiply_do_not_hang_the_mapping()
    {
        // Thirty levels, each twice the next: a billion leaves if every way were walked.
        var schemas = string.Join('\n', Enumerable.Range(0, 30).Select(i =>
            $"    S{i}: {{ allOf: [{{ $ref: '#/components/schemas/S{i + 1}' }}, {{ $ref: '#/components/schemas/S{i + 1}' }}] }}"));
        var operation = MappedDocument.OneOperation(
            """
            requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/S0' } } } }
            responses: { '200': { content: { application/json: { schema: { $ref: '#/components/schemas/S0' } } } } }
            """,
            method: "post");
        var document = await MappedDocument.OfTextAsync(operation + "\ncomponents:\n  schemas:\n" + schemas + "\n    S30: { type: string }");
        document.Tools.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Tens_of_thousands_of_paths_and_schemas_are_mapped_in_linear_time()
    {
        const int Count = 20_000;
        var paths = string.Join('\n', Enumerable.Range(0, Count).Select(i =>
            $"  /p{i}: {{ post: {{ requestBody: {{ content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/S{i}' }} }} }} }} }} }}"));
        var schemas = string.Join('\n', Enumerable.Range(0, Count).Select(i => $"    S{i}: {{ type: string }}"));
        var loaded = await MappedDocument.LoadTextAsync($"openapi: 3.1.0\npaths:\n{paths}\ncomponents:\n  schemas:\n{schemas}")
            .WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, TestContext.Current.CancellationToken);
        loaded.Value.Count.ShouldBe(Count);
    }
}
