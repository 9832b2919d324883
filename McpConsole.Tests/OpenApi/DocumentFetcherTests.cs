using System.Text;
using McpConsole.Domain.Results;
using McpConsole.Mcp.OpenApi.Documents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace McpConsole.Tests.OpenApi;

[Trait("Kind", "Integration")]
public sealed class DocumentFetcherTests
{
    [Fact]
    public async Task A_document_comes_over_http_with_its_etag_and_is_not_sent_twice()
    {
        await using var server = await EchoApi.StartAsync(app => app.MapGet("/doc", (HttpContext context) =>
        {
            context.Response.Headers.ETag = "\"v1\"";
            return context.Request.Headers.IfNoneMatch == "\"v1\"" ? Microsoft.AspNetCore.Http.Results.StatusCode(304) : TypedResults.Text("openapi: 3.0.0");
        }));
        var first = (await FetchAsync($"{server.Url}/doc")).Value;
        Encoding.UTF8.GetString(first.Content).ShouldBe("openapi: 3.0.0");
        first.ETag.ShouldBe("\"v1\"");
        (await FetchAsync($"{server.Url}/doc", first.ETag)).Value.Content.ShouldBeEmpty();
    }

    [Fact]
    public async Task Redirects_are_followed_and_the_end_is_where_the_document_is()
    {
        await using var server = await EchoApi.StartAsync(app =>
        {
            app.MapGet("/old/doc", () => TypedResults.Redirect("../new/doc"));
            app.MapGet("/new/doc", () => TypedResults.Text("x"));
        });
        (await FetchAsync($"{server.Url}/old/doc")).Value.Location.AbsolutePath.ShouldBe("/new/doc");
    }

    [Fact]
    public async Task Redirects_without_end_are_given_up()
    {
        await using var server = await EchoApi.StartAsync(app => app.MapGet("/doc", () => TypedResults.Redirect("/doc")));
        (await FetchAsync($"{server.Url}/doc")).Error!.Code.ShouldBe("document.redirects");
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("file:///etc/passwd")]
    public async Task A_redirect_to_a_forbidden_place_is_refused(string target)
    {
        await using var server = await EchoApi.StartAsync(app => app.MapGet("/doc", () => TypedResults.Redirect(target)));
        (await FetchAsync($"{server.Url}/doc")).Error!.Code.ShouldBe("document.refused_address");
    }

    [Fact]
    public async Task A_name_that_leads_to_a_forbidden_address_is_refused()
    {
        await using var server = await EchoApi.StartAsync();
        var options = DocumentOptions.Default with { Outbound = new OutboundPolicy { AllowPrivate = false } };
        var port = new Uri(server.Url).Port;
        (await FetchAsync($"http://localhost:{port}/doc", options: options)).Error!.Code.ShouldBe("document.refused_address");
    }

    [Fact]
    public async Task An_endless_body_is_cut_off_at_the_limit()
    {
        await using var server = await EchoApi.StartAsync(app => app.MapGet("/doc", async (HttpContext context) =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(new string(' ', 4096), context.RequestAborted);
            }
        }));
        var options = DocumentOptions.Default with { MaxBytes = 100_000 };
        (await FetchAsync($"{server.Url}/doc", options: options)).Error!.Code.ShouldBe("document.too_big");
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        await using var server = await EchoApi.StartAsync(app => app.MapGet("/doc", (HttpContext context) =>
            Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted)));
        var options = DocumentOptions.Default with { Timeout = TimeSpan.FromMilliseconds(100) };
        (await FetchAsync($"{server.Url}/doc", options: options)).Error!.Code.ShouldBe("document.timeout");
    }

    [Fact]
    public async Task An_error_page_is_no_document()
    {
        await using var server = await EchoApi.StartAsync(app => app.MapGet("/doc", () => Microsoft.AspNetCore.Http.Results.NotFound()));
        var error = (await FetchAsync($"{server.Url}/doc?key=secret")).Error!;
        error.Code.ShouldBe("document.http_status");
        error.Message.ShouldContain("404");
        error.Message.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Nobody_listening_is_told()
    {
        var server = await EchoApi.StartAsync();
        var url = server.Url;
        await server.DisposeAsync();
        (await FetchAsync($"{url}/doc")).Error!.Code.ShouldBe("document.unreachable");
    }

    [Fact]
    public async Task A_document_from_the_network_may_refer_to_its_neighbours_but_not_to_local_files()
    {
        using var folder = new DocumentFolder();
        var local = folder.Write("secret.yaml", "type: object\nproperties: { stolen: { type: string } }");
        await using var server = await EchoApi.StartAsync(app =>
        {
            app.MapGet("/api/doc", () => TypedResults.Text($$"""
                openapi: 3.0.0
                info: { title: Remote, version: '1' }
                paths:
                  /near: { post: { operationId: near, requestBody: { content: { application/json: { schema: { $ref: 'parts/pet.json' } } } } } }
                  /local: { post: { operationId: local, requestBody: { content: { application/json: { schema: { $ref: 'file://{{local}}' } } } } } }
                """));
            app.MapGet("/api/parts/pet.json", () => TypedResults.Text("""{"type":"object","properties":{"name":{"type":"string"}}}"""));
        });
        var document = new MappedDocument((await MappedDocument.LoadAsync($"{server.Url}/api/doc")).Value);
        document.Argument("near", "name").GetProperty("type").GetString().ShouldBe("string");
        document.Skipped("local")!.ShouldContain("may not refer to");
        document.Plan.BaseUrl.ShouldBe(server.Url);
    }

    private static async Task<Result<DocumentText>> FetchAsync(string url, string? etag = null, DocumentOptions? options = null)
    {
        using var fetcher = new DocumentFetcher(options ?? DocumentOptions.Default);
        return await fetcher.FetchAsync(new Uri(url), etag, TestContext.Current.CancellationToken);
    }
}
