using McpConsole.Domain.Servers;
using McpConsole.Mcp.OpenApi.Calls;
using McpConsole.Mcp.OpenApi.Documents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace McpConsole.Tests.OpenApi;

/// <summary>What goes over the wire, and what comes back of it.</summary>
[Trait("Kind", "Integration")]
public sealed class CallTests
{
    [Fact]
    public async Task Arguments_arrive_in_their_places()
    {
        await using var api = await EchoApi.StartAsync();
        var document = await OneAsync(api, """
            parameters:
              - { name: id, in: path, schema: { type: integer } }
              - { name: ids, in: query, schema: { type: array, items: {} } }
              - { name: filter, in: query, style: deepObject, schema: { type: object } }
              - { name: json, in: query, content: { application/json: { schema: {} } } }
              - { name: X-Trace, in: header, schema: { type: array, items: {} } }
              - { name: session, in: cookie, schema: { type: string } }
              - { name: theme, in: cookie, schema: { type: string } }
            """, path: "/things/{id}");
        var result = await document.CallAsync(
            "x", """{"id":7,"ids":["a b","c&d"],"filter":{"from":1},"json":{"k":["ü"]},"X-Trace":["1","zwei ü"],"session":"s 1","theme":null}""");
        result.Echo().GetProperty("method").GetString().ShouldBe("GET");
        result.Echo().GetProperty("target").GetString().ShouldBe(
            "/things/7?ids=a%20b&ids=c%26d&filter%5Bfrom%5D=1&json=%7B%22k%22%3A%5B%22%C3%BC%22%5D%7D");
        result.Header("X-Trace").ShouldBe("1,zwei ü");
        result.Header("Cookie").ShouldBe("session=s%201");
    }

    [Fact]
    public async Task A_json_body_is_put_together_again()
    {
        await using var api = await EchoApi.StartAsync();
        var document = await OneAsync(api, """
            requestBody:
              content:
                application/vnd.x+json:
                  schema: { type: object, properties: { 'a.b': { type: string }, list: { type: array, items: {} }, none: { type: [string, 'null'] } } }
            """, "post");
        var result = await document.CallAsync("x", """{"a_b":"ü","list":[1,{"z":2}],"none":null}""");
        result.Echo().GetProperty("body").GetString().ShouldBe("""{"a.b":"ü","list":[1,{"z":2}],"none":null}""");
        result.Header("Content-Type").ShouldBe("application/vnd.x+json");
        (await document.CallAsync("x", "{}")).Header("Content-Type").ShouldBeNull();
    }

    [Fact]
    public async Task A_required_body_goes_out_even_when_it_is_empty()
    {
        await using var api = await EchoApi.StartAsync();
        var document = await OneAsync(api, "requestBody: { required: true, content: { application/json: { schema: { properties: { a: {} } } } } }", "post");
        (await document.CallAsync("x", "{}")).Echo().GetProperty("body").GetString().ShouldBe("{}");
    }

    [Fact]
    public async Task A_list_is_a_body_of_its_own()
    {
        await using var api = await EchoApi.StartAsync();
        var document = await OneAsync(api, "requestBody: { required: true, content: { application/json: { schema: { type: array, items: {} } } } }", "put");
        (await document.CallAsync("x", """{"body":[1,2]}""")).Echo().GetProperty("body").GetString().ShouldBe("[1,2]");
    }

    [Fact]
    public async Task A_form_is_encoded_as_its_document_says()
    {
        await using var api = await EchoApi.StartAsync();
        var document = await OneAsync(api, """
            requestBody:
              content:
                application/x-www-form-urlencoded:
                  schema:
                    type: object
                    properties: { name: {}, tags: { type: array, items: {} }, ids: { type: array, items: {} }, at: { type: object }, deep: { type: object } }
                  encoding:
                    ids: { style: pipeDelimited, explode: false }
                    deep: { style: deepObject }
            """, "post");
        var result = await document.CallAsync("x", """{"name":"a b&c","tags":["x","y"],"ids":[1,2],"at":{"lat":1},"deep":{"k":"v"}}""");
        result.Echo().GetProperty("body").GetString().ShouldBe("name=a%20b%26c&tags=x&tags=y&ids=1%7C2&at=%7B%22lat%22%3A1%7D&deep%5Bk%5D=v");
        result.Header("Content-Type").ShouldBe("application/x-www-form-urlencoded");
    }

    [Fact]
    public async Task A_form_whose_fields_are_not_all_known_takes_any()
    {
        await using var api = await EchoApi.StartAsync();
        var document = await OneAsync(api, """
            requestBody: { content: { application/x-www-form-urlencoded: { schema: { type: object, additionalProperties: true, properties: { a: {} } } } } }
            """, "post");
        (await document.CallAsync("x", """{"body":{"a":1,"b":["x","y"]}}""")).Echo().GetProperty("body").GetString().ShouldBe("a=1&b=x&b=y");
    }

    [Fact]
    public async Task Files_go_out_as_parts()
    {
        await using var api = await EchoApi.StartAsync();
        var document = await OneAsync(api, """
            requestBody:
              content:
                multipart/form-data:
                  schema:
                    type: object
                    properties:
                      photo: { type: string, format: binary }
                      pages: { type: array, items: { type: string, contentMediaType: application/octet-stream } }
                      meta: { type: object }
                      note: { type: string }
                  encoding: { photo: { contentType: image/png } }
            """, "post");
        var result = await document.CallAsync(
            "x", """{"photo":"aGVsbG8=","pages":["b25l","data:text/plain;base64,dHdv"],"meta":{"a":1},"note":"ü"}""");
        result.Echo().GetProperty("files").GetRawText().ShouldBe(
            """["photo:image/png:hello","pages:application/octet-stream:one","pages:text/plain:two"]""");
        result.Echo().GetProperty("fields").GetProperty("meta").GetString().ShouldBe("""{"a":1}""");
        result.Echo().GetProperty("fields").GetProperty("note").GetString().ShouldBe("ü");
    }

    [Fact]
    public async Task A_swagger_2_upload_works()
    {
        await using var api = await EchoApi.StartAsync();
        var document = await MappedDocument.OfFileAsync("swagger2.yaml", baseUrl: api.Url);
        var result = await document.CallAsync("addPhoto", """{"id":"1","photo":"aGk=","caption":"c"}""");
        result.Echo().GetProperty("files").GetRawText().ShouldBe("""["photo:application/octet-stream:hi"]""");
    }

    [Theory]
    [InlineData("application/octet-stream", "aGVsbG8=", "hello")]
    [InlineData("application/xml", "<a/>", "<a/>")]
    [InlineData("text/csv", "1,2", "1,2")]
    public async Task Other_bodies_go_out_as_they_are(string type, string argument, string body)
    {
        await using var api = await EchoApi.StartAsync();
        var document = await OneAsync(api, $"requestBody: {{ required: true, content: {{ {type}: {{}} }} }}", "post");
        var result = await document.CallAsync("x", $$"""{"body":"{{argument}}"}""");
        result.Echo().GetProperty("body").GetString().ShouldBe(body);
        result.Header("Content-Type").ShouldBe(type);
    }

    [Theory]
    [InlineData("listItems", "/items?api_key=user%3Apass%20word", null)]
    [InlineData("addItem", "/items", "Basic dXNlcjpwYXNzIHdvcmQ=")]
    [InlineData("addPhoto", "/items/1/photo", "Bearer user:pass word")]
    public async Task The_token_goes_where_the_scheme_says(string tool, string target, string? authorization)
    {
        await using var api = await EchoApi.StartAsync();
        var document = await MappedDocument.OfFileAsync("swagger2.yaml", baseUrl: api.Url);
        var arguments = tool switch { "addItem" => """{"name":"n"}""", "addPhoto" => """{"id":"1","photo":""}""", _ => "{}" };
        var result = await document.CallAsync(tool, arguments, new ApiAccess { Token = new Secret("user:pass word") });
        result.Echo().GetProperty("target").GetString().ShouldBe(target);
        result.Header("Authorization").ShouldBe(authorization);
    }

    [Fact]
    public async Task Headers_of_the_settings_win_over_arguments()
    {
        await using var api = await EchoApi.StartAsync();
        var document = await OneAsync(api, "parameters: [{ name: X-Tenant, in: header, schema: {} }]");
        var access = new ApiAccess { Headers = [("X-Tenant", new Secret("mine")), ("X-More", new Secret("2"))], Token = new Secret("t") };
        var result = await document.CallAsync("x", """{"X-Tenant":"theirs"}""", access);
        result.Header("X-Tenant").ShouldBe("mine");
        result.Header("X-More").ShouldBe("2");
        result.Header("Authorization").ShouldBe("Bearer t");
    }

    [Theory]
    [InlineData("""{"limt":1}""", "Unknown argument «limt». This tool takes «limit», «q» (required).")]
    [InlineData("""{"limit":1}""", "Missing required argument: «q».")]
    [InlineData("""{"q":null}""", "Missing required argument: «q».")]
    [InlineData("""{"q":"a\r\nX-Evil: 1"}""", "The argument «q» goes into a header and must not have line breaks or control characters.")]
    [InlineData("[]", "The arguments are not an object.")]
    public async Task Wrong_arguments_are_told_to_the_model(string arguments, string fault)
    {
        var document = await MappedDocument.OfTextAsync(MappedDocument.OneOperation(
            "parameters: [{ name: limit, in: query, schema: {} }, { name: q, in: header, required: true, schema: {} }]"));
        var result = await document.CallAsync("x", arguments);
        result.IsError().ShouldBeTrue();
        result.Text().ShouldBe(fault);
    }

    [Fact]
    public async Task A_file_that_is_no_base64_is_told_to_the_model()
    {
        var document = await MappedDocument.OfTextAsync(MappedDocument.OneOperation("requestBody: { content: { image/png: {} } }", method: "post"));
        (await document.CallAsync("x", """{"body":"not base64!"}""")).Text().ShouldContain("«body» is a file");
    }

    [Fact]
    public async Task Objects_are_structured_and_lists_go_under_items()
    {
        await using var api = await EchoApi.StartAsync(app =>
        {
            app.MapGet("/object", () => TypedResults.Text("{\n  \"a\" : \"x\\n \\\" y\"\n}", "application/json"));
            app.MapGet("/list", () => TypedResults.Text("[1, 2]", "application/hal+json"));
            app.MapGet("/number", () => TypedResults.Text("7", "application/json"));
            app.MapGet("/broken", () => TypedResults.Text("{\"a\":", "application/json"));
        });
        (await (await OneAsync(api, path: "/object")).CallAsync("x", "{}")).GetRawText().ShouldBe(
            """{"content":[{"type":"text","text":"{\u0022a\u0022:\u0022x\\n \\\u0022 y\u0022}"}],"structuredContent":{"a":"x\n \" y"}}""");
        (await (await OneAsync(api, path: "/list")).CallAsync("x", "{}")).GetProperty("structuredContent").GetRawText().ShouldBe("""{"items":[1, 2]}""");
        (await (await OneAsync(api, path: "/number")).CallAsync("x", "{}")).TryGetProperty("structuredContent", out _).ShouldBeFalse();
        (await (await OneAsync(api, path: "/broken")).CallAsync("x", "{}")).Text().ShouldBe("{\"a\":");
    }

    [Fact]
    public async Task A_tool_with_an_output_schema_always_gives_structured_content()
    {
        await using var api = await EchoApi.StartAsync(app => app.MapGet("/x", () => TypedResults.NoContent()));
        var document = await OneAsync(api, "responses: { '200': { content: { application/json: { schema: { type: object, properties: { a: {} } } } } } }");
        var result = await document.CallAsync("x", "{}");
        result.Text().ShouldBe("HTTP 204 No Content");
        result.GetProperty("structuredContent").GetRawText().ShouldBe("{}");
    }

    [Fact]
    public async Task Where_a_new_thing_is_is_passed_on()
    {
        await using var api = await EchoApi.StartAsync(app => app.MapPost("/x", () => TypedResults.Created("/x/7")));
        (await (await OneAsync(api, method: "post")).CallAsync("x", "{}")).Text().ShouldBe("HTTP 201 Created\nLocation: /x/7");
    }

    [Fact]
    public async Task Media_come_back_as_what_they_are()
    {
        await using var api = await EchoApi.StartAsync(app =>
        {
            app.MapGet("/png", () => TypedResults.Bytes([1, 2, 3], "image/png"));
            app.MapGet("/wav", () => TypedResults.Bytes([1, 2, 3], "audio/wav"));
            app.MapGet("/zip", () => TypedResults.Bytes([1, 2, 3], "application/zip"));
            app.MapGet("/latin", () => TypedResults.Bytes([0xFC], "text/plain; charset=iso-8859-1"));
        });
        (await (await OneAsync(api, path: "/png")).CallAsync("x", "{}")).GetProperty("content").GetRawText()
            .ShouldBe("""[{"type":"image","data":"AQID","mimeType":"image/png"}]""");
        (await (await OneAsync(api, path: "/wav")).CallAsync("x", "{}")).GetProperty("content")[0].GetProperty("type").GetString().ShouldBe("audio");
        (await (await OneAsync(api, path: "/zip")).CallAsync("x", "{}")).GetProperty("content").GetRawText()
            .ShouldBe($$$"""[{"type":"resource","resource":{"uri":"{{{api.Url}}}/zip","mimeType":"application/zip","blob":"AQID"}}]""");
        (await (await OneAsync(api, path: "/latin")).CallAsync("x", "{}")).Text().ShouldBe("ü");
    }

    [Fact]
    public async Task An_error_of_the_api_is_an_error_with_status_and_body()
    {
        await using var api = await EchoApi.StartAsync(app => app.MapGet("/x", () => TypedResults.Text("no such thing", statusCode: 404)));
        var result = await (await OneAsync(api)).CallAsync("x", "{}");
        result.IsError().ShouldBeTrue();
        result.Text().ShouldBe($"HTTP 404 Not Found from GET {api.Url}/x\nno such thing");
    }

    [Fact]
    public async Task A_response_beyond_the_limit_is_cut_with_a_note()
    {
        await using var api = await EchoApi.StartAsync(app => app.MapGet("/x", () => TypedResults.Text(new string('a', 5000))));
        var result = await (await OneAsync(api)).CallAsync("x", "{}", new ApiAccess { MaxResponseBytes = 2000 });
        result.Text().ShouldStartWith(new string('a', 2000) + "\n[Cut here");
    }

    [Fact]
    public async Task An_api_that_does_not_answer_is_an_error_that_names_the_host()
    {
        await using var api = await EchoApi.StartAsync(app => app.Map("/x", (HttpContext context) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted)));
        var result = await (await OneAsync(api, method: "post")).CallAsync("x", "{}", new ApiAccess { Timeout = TimeSpan.FromMilliseconds(100) });
        result.IsError().ShouldBeTrue();
        result.Text().ShouldContain("did not answer within 0.1 s. It is not known whether the API carried out the call");
    }

    [Fact]
    public async Task Cancelling_a_call_is_no_result()
    {
        using var cancel = new CancellationTokenSource();
        await using var api = await EchoApi.StartAsync(app => app.Map("/x", (HttpContext context) =>
        {
            cancel.Cancel();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        }));
        var document = await OneAsync(api);
        await Should.ThrowAsync<OperationCanceledException>(() => document.CallAsync("x", "{}", cancellationToken: cancel.Token));
    }

    [Fact]
    public async Task Nobody_listening_is_an_error_with_the_next_step()
    {
        var api = await EchoApi.StartAsync();
        var document = await OneAsync(api);
        await api.DisposeAsync();
        var result = await document.CallAsync("x", "{}");
        result.IsError().ShouldBeTrue();
        result.Text().ShouldContain("cannot be connected to");
        result.Text().ShouldContain("Check that the API runs");
    }

    [Fact]
    public async Task Metadata_addresses_are_not_called()
    {
        var document = await MappedDocument.OfTextAsync(MappedDocument.OneOperation(""), baseUrl: "http://169.254.169.254");
        var result = await document.CallAsync("x", "{}");
        result.IsError().ShouldBeTrue();
        result.Text().ShouldContain("must not be connected to");
    }

    [Fact]
    public async Task Loopback_is_not_called_where_private_addresses_are_forbidden()
    {
        await using var api = await EchoApi.StartAsync();
        var access = new ApiAccess { Outbound = new OutboundPolicy { AllowPrivate = false } };
        (await (await OneAsync(api)).CallAsync("x", "{}", access)).Text().ShouldContain("must not be connected to");
    }

    [Fact]
    public async Task A_redirect_to_another_host_loses_what_is_secret()
    {
        await using var other = await EchoApi.StartAsync();
        await using var api = await EchoApi.StartAsync(app =>
        {
            app.MapGet("/x", () => TypedResults.Redirect("/y"));
            app.MapGet("/y", (HttpRequest request) => TypedResults.Redirect($"{other.Url}/z?was={request.Headers.Authorization}", preserveMethod: true));
        });
        var result = await (await OneAsync(api)).CallAsync("x", "{}", new ApiAccess { Token = new Secret("t"), Headers = [("X-Key", new Secret("k"))] });
        result.Echo().GetProperty("target").GetString().ShouldBe("/z?was=Bearer%20t");
        result.Header("Authorization").ShouldBeNull();
        result.Header("X-Key").ShouldBeNull();
    }

    [Fact]
    public async Task A_write_is_not_redirected()
    {
        await using var api = await EchoApi.StartAsync(app => app.MapPost("/x", () => TypedResults.Redirect("/y")));
        var result = await (await OneAsync(api, method: "post")).CallAsync("x", "{}");
        result.IsError().ShouldBeTrue();
        result.Text().ShouldStartWith("HTTP 302");
    }

    [Fact]
    public async Task Without_a_base_url_a_call_says_so()
    {
        var document = await MappedDocument.OfFileAsync("no-servers.yaml");
        (await document.CallAsync("things", "{}")).Text().ShouldContain("base URL");
    }

    private static Task<MappedDocument> OneAsync(EchoApi api, string operation = "", string method = "get", string path = "/x") =>
        MappedDocument.OfTextAsync(MappedDocument.OneOperation(operation, path: path, method: method), baseUrl: api.Url);
}
