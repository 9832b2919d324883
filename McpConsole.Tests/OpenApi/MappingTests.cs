using McpConsole.Domain.Servers;
using McpConsole.Mcp.OpenApi.Plans;

namespace McpConsole.Tests.OpenApi;

public sealed class MappingTests
{
    [Fact]
    public async Task A_tool_says_what_a_model_needs_and_no_more()
    {
        var document = await MappedDocument.OfFileAsync("petshop.yaml");
        document.Tool("listPets").GetRawText().ShouldBe(
            """
            {"name":"listPets","title":"List pets","description":"List pets",
            "inputSchema":{"type":"object","properties":{
            "limit":{"type":"integer","exclusiveMinimum":0,"examples":[20]},
            "filter_kind":{"description":"Which kinds","type":["string","null"],"enum":["cat","dog",null]}},
            "additionalProperties":false},
            "outputSchema":{"type":"object","properties":{"items":{"type":"array","items":{"type":"object","properties":{
            "id":{"type":"string"},"name":{"type":"string"},"kind":{"type":["string","null"]},
            "owner":{"anyOf":[{"description":"Whose pet it is.","type":"object","properties":{"name":{"type":"string"}}},{"type":"null"}]}}}}}},
            "annotations":{"readOnlyHint":true}}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task The_members_of_an_object_body_are_arguments_without_those_that_only_the_api_sets()
    {
        var document = await MappedDocument.OfFileAsync("petshop.yaml");
        document.Input("createPet").GetProperty("properties").EnumerateObject().Select(p => p.Name).ShouldBe(["name", "kind", "secret", "owner"]);
        document.Input("createPet").GetProperty("required").GetRawText().ShouldBe("""["name"]""");
        document.Tool("createPet").GetProperty("outputSchema").GetProperty("properties").TryGetProperty("secret", out _).ShouldBeFalse();
        document.Plan.Find("createPet")!.Body.ShouldBe(BodyKind.Json);
    }

    [Fact]
    public async Task A_body_member_called_like_a_parameter_keeps_the_body_whole()
    {
        var document = await MappedDocument.OfFileAsync("petshop.yaml");
        document.Input("replacePet").GetProperty("properties").EnumerateObject().Select(p => p.Name).ShouldBe(["id", "body"]);
        document.Input("replacePet").GetProperty("required").GetRawText().ShouldBe("""["id","body"]""");
    }

    [Theory]
    [InlineData("", "post", true)]
    [InlineData("required: false, ", "post", false)]
    [InlineData("", "delete", false)]
    public async Task A_body_that_forgets_to_be_required_is_so_by_its_members(string required, string method, bool isRequired)
    {
        var document = await MappedDocument.OfTextAsync(MappedDocument.OneOperation(
            $"requestBody: {{ {required}content: {{ application/json: {{ schema: {{ required: [a], properties: {{ a: {{}}, b: {{}} }} }} }} }} }}", method: method));
        document.Input("x").TryGetProperty("required", out _).ShouldBe(isRequired);
    }

    [Fact]
    public async Task Links_in_descriptions_keep_their_words()
    {
        var document = await MappedDocument.OfTextAsync(MappedDocument.OneOperation("description: See [the guide](https://x.example/a) and [this](#b)."));
        document.Tool("x").GetProperty("description").GetString().ShouldBe("See the guide and [this](#b).");
    }

    [Fact]
    public async Task Arguments_of_one_name_say_where_they_go()
    {
        var document = await MappedDocument.OfTextAsync(MappedDocument.OneOperation("""
            parameters:
              - { name: id, in: query, schema: { type: string } }
              - { name: id, in: header, schema: { type: string } }
              - { name: id, in: path, required: true, schema: { type: integer } }
              - { name: body, in: cookie, schema: { type: string } }
            requestBody: { content: { application/json: { schema: { type: array, items: {} } } } }
            """, path: "/x/{id}", method: "post"));
        document.Input("x").GetProperty("properties").EnumerateObject().Select(p => p.Name)
            .ShouldBe(["id", "id_query", "id_header", "body", "body_body"]);
        document.Argument("x", "id").GetProperty("type").GetString().ShouldBe("integer");
    }

    [Theory]
    [InlineData("getPet", """{"readOnlyHint":true}""")]
    [InlineData("createPet", """{"readOnlyHint":false}""")]
    [InlineData("replacePet", """{"readOnlyHint":false,"destructiveHint":true,"idempotentHint":true}""")]
    [InlineData("deletePet", """{"readOnlyHint":false,"destructiveHint":true,"idempotentHint":true}""")]
    public async Task Annotations_follow_the_method(string tool, string annotations)
    {
        var document = await MappedDocument.OfFileAsync("petshop.yaml");
        document.Tool(tool).GetProperty("annotations").GetRawText().ShouldBe(annotations);
    }

    [Theory]
    [InlineData("deletePet", "Deprecated. Delete a pet")]
    [InlineData("getPet", "One pet.")]
    [InlineData("createPet", "Create pet: POST /pets")]
    public async Task A_description_is_found_or_made(string tool, string description)
    {
        var document = await MappedDocument.OfFileAsync("petshop.yaml");
        document.Tool(tool).GetProperty("description").GetString().ShouldBe(description);
    }

    [Fact]
    public async Task The_server_has_its_variables_filled_in() =>
        (await MappedDocument.OfFileAsync("petshop.yaml")).Plan.BaseUrl.ShouldBe("https://eu.shop.example/v1");

    [Fact]
    public async Task An_operation_may_have_a_server_of_its_own()
    {
        var text = MappedDocument.OneOperation("servers: [{ url: 'https://other.example/' }]");
        (await MappedDocument.OfTextAsync(text)).Plan.Find("x")!.BaseUrl.ShouldBe("https://other.example");
        (await MappedDocument.OfTextAsync(text, baseUrl: "http://mine")).Plan.Find("x")!.BaseUrl.ShouldBeNull();
    }

    [Theory]
    [InlineData("listPets", true)]
    [InlineData("LISTPETS", true)]
    [InlineData("list*", true)]
    [InlineData("tag:pets", true)]
    [InlineData("tag:admin", false)]
    [InlineData("GET /pets", true)]
    [InlineData("POST /pets", false)]
    [InlineData("/pets", true)]
    [InlineData("/pets/*", false)]
    [InlineData("*", true)]
    [InlineData("* /pet*", true)]
    [InlineData("", false)]
    public async Task A_pattern_picks_operations(string pattern, bool isPicked)
    {
        var included = await MappedDocument.OfFileAsync("petshop.yaml", new OperationFilter([pattern], []));
        included.Preview.Operations[0].Selected.ShouldBe(isPicked);
        included.Tools.Exists(tool => tool.GetProperty("name").GetString() == "listPets").ShouldBe(isPicked);
        var excluded = await MappedDocument.OfFileAsync("petshop.yaml", new OperationFilter([], [pattern]));
        excluded.Preview.Operations[0].Selected.ShouldBe(!isPicked);
    }

    [Fact]
    public async Task Documents_keep_operations_out_with_x_mcp()
    {
        var document = await MappedDocument.OfFileAsync("opt-out.yaml");
        document.Tools.Select(tool => tool.GetProperty("name").GetString()).ShouldBe(["shown"]);
        document.Skipped("hidden")!.ShouldContain("x-mcp");
        document.Preview.Warnings.ShouldContain("#/openapi: version 3.2.0 is read as 3.1; what is new in it is not seen.");
    }

    [Fact]
    public async Task Merge_keys_give_operations_their_parameters()
    {
        var document = await MappedDocument.OfFileAsync("merge-keys.yaml");
        document.Argument("a", "page").GetProperty("type").GetString().ShouldBe("integer");
        document.Tool("b").GetProperty("description").GetString().ShouldBe("Own.");
        document.Preview.Version.ShouldBe("1.0");
    }

    [Fact]
    public async Task References_lead_over_files_and_back()
    {
        var document = await MappedDocument.OfFileAsync("split/main.yaml");
        document.Input("addPet").GetProperty("required").GetRawText().ShouldBe("""["name"]""");
        document.Plan.Sources.Length.ShouldBe(2);
        SchemaValidity.Faults(document.Input("addPet")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Swagger_2_is_mapped()
    {
        var document = await MappedDocument.OfFileAsync("swagger2.yaml");
        document.Plan.BaseUrl.ShouldBe("https://old.example:8443/api");
        document.Argument("listItems", "page").GetRawText().ShouldBe("""{"description":"Which page","type":"integer","default":1}""");
        document.Argument("addItem", "price").GetRawText().ShouldBe("""{"type":"number","exclusiveMinimum":0}""");
        document.Argument("addPhoto", "photo").GetRawText().ShouldBe("""{"type":"string","contentEncoding":"base64"}""");
        document.Tool("listItems").GetProperty("outputSchema").GetRawText().ShouldBe("""{"type":"object","properties":{"total":{"type":"integer"}}}""");
        document.Plan.Find("addPhoto")!.BodyType.ShouldBe("multipart/form-data");
    }

    [Theory]
    [InlineData("listItems", TokenKind.Query, "api_key")]
    [InlineData("addItem", TokenKind.Basic, null)]
    [InlineData("addPhoto", TokenKind.Bearer, null)]
    public async Task The_security_scheme_says_where_the_token_goes(string tool, object kind, string? name) =>
        (await MappedDocument.OfFileAsync("swagger2.yaml")).Plan.Find(tool)!.Token.ShouldBe(new TokenPlace((TokenKind)kind, name));

    [Theory]
    [InlineData("[]", TokenKind.None, null)]
    [InlineData("[{}]", TokenKind.None, null)]
    [InlineData("[{}, { cookie: [] }]", TokenKind.Cookie, "sid")]
    [InlineData("[{ unknown: [] }]", TokenKind.Bearer, null)]
    [InlineData("[{ mtls: [], digest: [] }]", TokenKind.Header, "Authorization")]
    public async Task Of_several_ways_the_first_that_takes_a_token_counts(string security, object kind, string? name)
    {
        var text = MappedDocument.OneOperation($"security: {security}") + "\n" + """
            components:
              securitySchemes:
                mtls: { type: mutualTLS }
                digest: { type: http, scheme: digest }
                cookie: { type: apiKey, in: cookie, name: sid }
            """;
        (await MappedDocument.OfTextAsync(text)).Plan.Find("x")!.Token.ShouldBe(new TokenPlace((TokenKind)kind, name));
    }

    [Fact]
    public async Task A_parameter_of_the_path_that_nobody_describes_is_text()
    {
        var document = await MappedDocument.OfTextAsync(MappedDocument.OneOperation("parameters: [{ name: other, in: path }]", path: "/a/{b}"));
        document.Argument("x", "b").GetRawText().ShouldBe("""{"type":"string"}""");
        document.Input("x").GetProperty("required").GetRawText().ShouldBe("""["b"]""");
        document.Preview.Warnings.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Tokens_are_a_quarter_of_the_bytes()
    {
        var document = await MappedDocument.OfFileAsync("petshop.yaml");
        document.Preview.TotalTokens.ShouldBe((document.Plan.ListJson.Length + 3) / 4);
        document.Preview.Operations[0].Tokens.ShouldBe((document.Tool("listPets").GetRawText().Length + 3) / 4);
    }

    [Fact]
    public async Task What_leads_to_half_of_the_document_is_left_open_at_its_far_end()
    {
        // 300 schemas of about 300 bytes, each leading to the next.
        var schemas = string.Concat(Enumerable.Range(0, 300).Select(i =>
            $"    S{i}: {{ type: object, description: Number {i}, properties: {{ next: {{ $ref: '#/components/schemas/S{i + 1}' }}, words: {{ description: {new string('w', 250)} }} }} }}\n"));
        var document = await MappedDocument.OfTextAsync(MappedDocument.OneOperation(
            """
            requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/S0' } } } }
            responses: { '200': { content: { application/json: { schema: { $ref: '#/components/schemas/S0' } } } } }
            """,
            method: "post") + "\ncomponents:\n  schemas:\n    S300: { type: string }\n" + schemas);
        var input = document.Input("x").GetRawText();
        input.Length.ShouldBeInRange(15_000, 20_000);
        input.ShouldContain("Number 40");
        input.ShouldNotContain("Number 70");
        document.Tool("x").GetProperty("outputSchema").GetRawText().Length.ShouldBeInRange(1_000, 2_000);
        document.Preview.Warnings.ShouldHaveSingleItem().ShouldContain("left open");
        SchemaValidity.Faults(document.Input("x")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_that_is_too_large_in_itself_has_no_output_schema()
    {
        var properties = string.Join(", ", Enumerable.Range(0, 500).Select(i => $"property{i}: {{ type: object, description: Words }}"));
        var document = await MappedDocument.OfTextAsync(MappedDocument.OneOperation(
            $"responses: {{ '200': {{ content: {{ application/json: {{ schema: {{ type: object, properties: {{ {properties} }} }} }} }} }} }}"));
        document.Tool("x").TryGetProperty("outputSchema", out _).ShouldBeFalse();
        document.Plan.Find("x")!.Output.ShouldBe(OutputKind.Any);
    }
}
