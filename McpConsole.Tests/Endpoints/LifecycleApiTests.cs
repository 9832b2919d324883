using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using NSubstitute;

namespace McpConsole.Tests.Endpoints;

public sealed class LifecycleApiTests : IClassFixture<ConsoleHost>
{
    private readonly ConsoleHost _host;

    public LifecycleApiTests(ConsoleHost host)
    {
        _host = host;
        _host.Reset();
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", true, HttpStatusCode.OK)]
    [InlineData("?wait=true", true, HttpStatusCode.OK)]
    [InlineData("?wait=false", false, HttpStatusCode.Accepted)]
    public async Task Start_waits_unless_told_not_to(string query, bool waits, HttpStatusCode status)
    {
        using var client = _host.As(ConsoleHost.Developer);
        using var answer = await client.PostAsync("/api/servers/pets/start" + query, null, Cancelled);

        answer.StatusCode.ShouldBe(status);
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("state").GetString().ShouldBe("running");
        await _host.Commands.Received().StartAsync(_host.Pets.Id, Arg.Any<Domain.Accounts.Actor>(), waits, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_start_that_failed_is_an_answer_with_the_state_and_the_reason()
    {
        _host.Pets = _host.Pets with { State = Lifecycle.Failed };
        _host.Commands.StartAsync(default, default!, default, Cancelled)
            .ReturnsForAnyArgs(_ => new Error("server.exited", ErrorKind.Failed, "It ended at once."));

        using var client = _host.As(ConsoleHost.Developer);
        using var answer = await client.PostAsync("/api/servers/pets/start", null, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        body.GetProperty("id").GetString().ShouldBe(_host.Pets.Id.ToString());
        body.GetProperty("state").GetString().ShouldBe("failed");
        body.GetProperty("error").GetProperty("code").GetString().ShouldBe("server.exited");
    }

    [Fact]
    public async Task Many_servers_are_answered_one_by_one()
    {
        using var client = _host.As(ConsoleHost.Developer);
        using var answer = await client.PostAsJsonAsync("/api/servers/bulk", new { ids = new[] { "pets", "nobody" }, action = "stop" }, Cancelled);

        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        body[0].GetProperty("error").ValueKind.ShouldBe(JsonValueKind.Null);
        body[1].GetProperty("error").GetProperty("code").GetString().ShouldBe("server.not_found");
        await _host.Commands.Received(1).StopAsync(_host.Pets.Id, Arg.Any<Domain.Accounts.Actor>(), true, Arg.Any<CancellationToken>());
    }

    [Theory]
    [InlineData("""{"ids":["pets"]}""", "action")]
    [InlineData("""{"ids":[],"action":"stop"}""", "ids")]
    [InlineData("""{"action":"stop"}""", "ids")]
    [InlineData("""{"ids":["pets"],"action":"explode"}""", "action")]
    public async Task A_bulk_call_needs_servers_and_an_action(string body, string field)
    {
        using var client = _host.As(ConsoleHost.Developer);
        using var answer = await client.SendAsync(RouteTable.Find("POST /api/servers/bulk").Request(body: body), Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }
}
