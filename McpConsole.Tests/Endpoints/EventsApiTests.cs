using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using McpConsole.Domain.Servers;
using McpConsole.Domain.State;
using NSubstitute;

namespace McpConsole.Tests.Endpoints;

public sealed class EventsApiTests : IClassFixture<ConsoleHost>
{
    private readonly ConsoleHost _host;
    private readonly Broadcast<ServerEvent> _live = new();

    public EventsApiTests(ConsoleHost host)
    {
        _host = host;
        _host.Reset();
        _host.Events.Subscribe().Returns(_ => _live.Subscribe(() => [Event(5), Event(6)]));
        _host.Events.ReadAsync(default, default, default, Cancelled).ReturnsForAnyArgs(_ => [Event(5), Event(4), Event(3)]);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_come_newest_first_and_say_whether_there_are_more()
    {
        using var client = _host.As(ConsoleHost.Viewer);
        var page = await client.GetFromJsonAsync<JsonElement>("/api/events?limit=2&server=pets&before=9", Cancelled);

        page.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("seq").GetInt64()).ShouldBe([5, 4]);
        page.GetProperty("items")[0].GetProperty("kind").GetString().ShouldBe("healthChanged");
        page.GetProperty("more").GetBoolean().ShouldBeTrue();
        await _host.Events.Received().ReadAsync(_host.Pets.Id, 3, 9, Arg.Any<CancellationToken>());
    }

    [Theory]
    [InlineData("limit=0", HttpStatusCode.BadRequest)]
    [InlineData("server=nobody", HttpStatusCode.NotFound)]
    public async Task A_wrong_filter_is_refused(string query, HttpStatusCode status)
    {
        using var client = _host.As(ConsoleHost.Viewer);
        using var answer = await client.GetAsync("/api/events?" + query, Cancelled);

        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Who_comes_back_gets_what_was_missed_once_and_then_what_is_new()
    {
        using var client = _host.As(ConsoleHost.Viewer);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/events?stream=true") { Headers = { { "Last-Event-ID", "3" } } };
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancelled));

        (await IdsAsync(reader, 3)).ShouldBe(["4", "5", "6"]);
        _live.Publish(Event(7));
        (await IdsAsync(reader, 1)).ShouldBe(["7"]);
    }

    private static async Task<List<string>> IdsAsync(StreamReader reader, int count)
    {
        var ids = new List<string>();
        while (ids.Count < count)
        {
            if (await reader.ReadLineAsync(Cancelled) is ['i', 'd', ':', ' ', .. var id])
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    private ServerEvent Event(long sequence) =>
        new(sequence, ConsoleHost.Start, _host.Pets.Id, "pets", ServerEventKind.HealthChanged, "Answers MCP", []);
}
