using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using NSubstitute;

namespace McpConsole.Tests.Endpoints;

public sealed class ServersApiTests : IClassFixture<ConsoleHost>
{
    private readonly ConsoleHost _host;

    public ServersApiTests(ConsoleHost host)
    {
        _host = host;
        _host.Reset();
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_created_server_is_answered_with_its_address()
    {
        using var client = _host.As(ConsoleHost.Developer);
        using var answer = await client.PostAsJsonAsync("/api/servers", new { name = "pets", openapiUrl = "/srv/pets.json", tags = new[] { "a" } }, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.Location!.ToString().ShouldBe($"/api/servers/{_host.Pets.Id}");
        await _host.Commands.Received().CreateAsync(
            Arg.Is<ServerDraft>(d => d.Name == "pets" && d.OpenApiUrl == "/srv/pets.json" && d.Tags.SequenceEqual(new[] { "a" })),
            Arg.Is<Actor>(a => a.Role == Role.Developer),
            Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Names_that_only_look_alike_are_two()
    {
        using var client = _host.As(ConsoleHost.Developer);
        var env = new Dictionary<string, string> { ["A"] = "1", ["A\u200d"] = "2" };
        using var answer = await client.PostAsJsonAsync("/api/servers", new { name = "pets", command = new[] { "x" }, env }, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        await _host.Commands.Received().CreateAsync(Arg.Is<ServerDraft>(d => d.Env.Count == 2), Arg.Any<Actor>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_document_that_is_not_named_is_asked_for_as_none()
    {
        using var client = _host.As(ConsoleHost.Developer);
        using var answer = await client.PostAsJsonAsync("/api/documents/inspect", new { }, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await _host.Inspector.Received().InspectAsync("", Arg.Any<OperationFilter>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Each_wrong_field_has_an_entry()
    {
        _host.Commands.CreateAsync(default!, default!, Cancelled).ReturnsForAnyArgs(_ => Result<ServerSnapshot>.Fail(
            [Wrong("name", "No name."), Wrong("port", "Not a port."), Wrong("port", "Nor free.")]));

        using var client = _host.As(ConsoleHost.Developer);
        using var answer = await client.PostAsJsonAsync("/api/servers", new { port = 0 }, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("errors");
        errors.GetProperty("name").EnumerateArray().Select(e => e.GetString()).ShouldBe(["No name."]);
        errors.GetProperty("port").EnumerateArray().Select(e => e.GetString()).ShouldBe(["Not a port.", "Nor free."]);
    }

    [Theory]
    [InlineData("""{"port":"many"}""", "port")]
    [InlineData("""{"restart":{"policy":"sometimes"}}""", "restart.policy")]
    [InlineData("""{"transport":1}""", "transport")]
    public async Task A_field_of_the_wrong_type_is_named(string body, string field)
    {
        using var client = _host.As(ConsoleHost.Developer);
        using var answer = await client.SendAsync(RouteTable.Find("POST /api/servers").Request(body: body), Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(problem.ToString());
        problem.ToString().ShouldNotContain("McpConsole.");
    }

    [Theory]
    [InlineData(ErrorKind.Conflict, HttpStatusCode.Conflict)]
    [InlineData(ErrorKind.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData(ErrorKind.Unavailable, HttpStatusCode.ServiceUnavailable)]
    public async Task Errors_of_the_domain_have_their_status_and_code(ErrorKind kind, HttpStatusCode status)
    {
        _host.Commands.CreateAsync(default!, default!, Cancelled).ReturnsForAnyArgs(_ => new Error("test.code", kind, "Because."));

        using var client = _host.As(ConsoleHost.Developer);
        using var answer = await client.PostAsJsonAsync("/api/servers", new { name = "pets" }, Cancelled);

        answer.StatusCode.ShouldBe(status);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        problem.GetProperty("code").GetString().ShouldBe("test.code");
        problem.GetProperty("title").GetString().ShouldNotBe("One or more validation errors occurred.");
        problem.TryGetProperty("errors", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("?state=running", 1)]
    [InlineData("?state=running,backingOff", 2)]
    [InlineData("?tag=ANIMALS", 1)]
    [InlineData("?q=PE", 1)]
    [InlineData("?q=nothing", 0)]
    public async Task The_list_is_filtered(string query, int total)
    {
        _host.Catalog.All.Returns([_host.Pets, Other("a", Lifecycle.Stopped), Other("b", Lifecycle.BackingOff)]);

        using var client = _host.As(ConsoleHost.Viewer);
        var list = await client.GetFromJsonAsync<JsonElement>("/api/servers" + query, Cancelled);

        list.GetProperty("total").GetInt32().ShouldBe(total);
        list.GetProperty("items").GetArrayLength().ShouldBe(total);
    }

    [Fact]
    public async Task The_list_comes_in_pages()
    {
        _host.Catalog.All.Returns([.. Enumerable.Range(0, 7).Select(i => Other($"s{i}", Lifecycle.Stopped))]);

        using var client = _host.As(ConsoleHost.Viewer);
        var list = await client.GetFromJsonAsync<JsonElement>("/api/servers?page=3&size=3", Cancelled);

        list.GetProperty("items").EnumerateArray().Select(s => s.GetProperty("name").GetString()).ShouldBe(["s6"]);
        list.GetProperty("page").GetInt32().ShouldBe(3);
        list.GetProperty("size").GetInt32().ShouldBe(3);
        list.GetProperty("total").GetInt32().ShouldBe(7);
    }

    [Theory]
    [InlineData("page=0", "page")]
    [InlineData("size=501", "size")]
    [InlineData("state=asleep", "state")]
    [InlineData("state=2", "state")]
    public async Task A_wrong_filter_is_named(string query, string field)
    {
        using var client = _host.As(ConsoleHost.Viewer);
        using var answer = await client.GetAsync("/api/servers?" + query, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_read_can_be_sent_back()
    {
        using var client = _host.As(ConsoleHost.Developer);
        var read = await client.GetStringAsync("/api/servers/pets", Cancelled);
        using var answer = await client.SendAsync(RouteTable.Find("PUT /api/servers/{id}").Request(body: read), Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await _host.Commands.Received().UpdateAsync(
            _host.Pets.Id,
            Arg.Is<ServerDraft>(d => d.AuthToken == Secret.Mask && d.Env["KEY"] == Secret.Mask && d.Tags.SequenceEqual(new[] { "animals" })
                && ServerDraftValidator.Validate(d, _host.Pets.Definition).IsEmpty),
            Arg.Any<Actor>(),
            Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Status_has_the_words_of_the_contract()
    {
        using var client = _host.As(ConsoleHost.Viewer);
        var status = await client.GetFromJsonAsync<JsonElement>("/api/servers/pets/status", Cancelled);

        status.GetProperty("state").GetString().ShouldBe("running");
        status.GetProperty("health").GetProperty("level").GetString().ShouldBe("healthy");
        status.GetProperty("health").GetProperty("cause").GetString().ShouldBe("answering");
        status.GetProperty("health").GetProperty("summary").GetString().ShouldBe("Answers MCP");
        status.GetProperty("pid").GetInt32().ShouldBe(4711);
        status.GetProperty("url").GetString().ShouldBe("http://127.0.0.1:3322/mcp");
        status.GetProperty("restartCount").GetInt32().ShouldBe(0);
        status.GetProperty("lastExit").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task The_command_shows_no_secret()
    {
        using var client = _host.As(ConsoleHost.Viewer);
        var command = await client.GetFromJsonAsync<JsonElement>("/api/servers/pets/command", Cancelled);

        command.GetProperty("argv")[0].GetString().ShouldBe("mcpc");
        command.GetProperty("env").GetProperty("KEY").GetString().ShouldBe(Secret.Mask);
        command.GetProperty("line").GetString()!.ShouldContain("KEY=\"${KEY:?}\"");
        command.ToString().ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task No_answer_to_a_GET_shows_a_secret()
    {
        using var client = _host.As(ConsoleHost.Administrator);
        foreach (var row in RouteTable.Rows.Where(r => r.Route.StartsWith("GET /", StringComparison.Ordinal) && !r.Route.Contains("hubs", StringComparison.Ordinal)))
        {
            using var answer = await client.SendAsync(row.Request(), Cancelled);
            (await answer.Content.ReadAsStringAsync(Cancelled)).ShouldNotContain("s3cret", customMessage: row.Route);
        }
    }

    private ServerSnapshot Other(string name, Lifecycle state) => _host.Pets with
    {
        Definition = _host.Pets.Definition with { Id = new ServerId(Guid.NewGuid()), Name = name, Tags = ImmutableArray<string>.Empty },
        State = state,
    };

    private static Error Wrong(string field, string text) => new Error("server.invalid", ErrorKind.Invalid, text).At(field);
}
