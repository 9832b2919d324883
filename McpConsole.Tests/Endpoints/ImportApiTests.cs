using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Servers;
using NSubstitute;

namespace McpConsole.Tests.Endpoints;

public sealed class ImportApiTests : IClassFixture<ConsoleHost>
{
    private const string Block = """{"mcpServers":{"files":{"command":"npx","args":["server"]},"broken":{},"a/b":{"url":"http://h/mcp"}}}""";

    private readonly ConsoleHost _host;

    public ImportApiTests(ConsoleHost host)
    {
        _host = host;
        _host.Reset();
        _host.Commands.CreateAsync(Arg.Is<ServerDraft>(d => d.Name == "a/b"), Arg.Any<Actor>(), Arg.Any<CancellationToken>())
            .Returns(call => Domain.Results.Result<ServerSnapshot>.Fail(ServerDraftValidator.Validate(call.Arg<ServerDraft>(), null)));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_wrong_entry_does_not_hold_up_the_others()
    {
        var items = await ImportAsync("");

        items[0].GetProperty("id").GetString().ShouldBe(_host.Pets.Id.ToString());
        items[1].GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe("import.no_launch");
        items[2].GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("name");
        await _host.Commands.Received().CreateAsync(
            Arg.Is<ServerDraft>(d => d.Name == "files" && d.Command.SequenceEqual(new[] { "npx", "server" })), Arg.Any<Actor>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_dry_run_finds_the_same_faults_and_creates_nothing()
    {
        var items = await ImportAsync("?dryRun=true");

        items.EnumerateArray().Select(i => i.GetProperty("errors").GetArrayLength() == 0).ShouldBe([true, false, false]);
        await _host.Commands.DidNotReceiveWithAnyArgs().CreateAsync(default!, default!, Cancelled);
    }

    [Fact]
    public async Task What_is_no_block_is_refused()
    {
        using var client = _host.As(ConsoleHost.Developer);
        using var answer = await client.PostAsJsonAsync("/api/servers/import", new { theme = "dark" }, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Cancelled)).ShouldContain("import.not_servers");
    }

    private async Task<JsonElement> ImportAsync(string query)
    {
        using var client = _host.As(ConsoleHost.Developer);
        using var content = new StringContent(Block, System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/api/servers/import" + query, content, Cancelled);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("items");
    }
}
