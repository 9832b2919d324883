using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Results;
using NSubstitute;

namespace McpConsole.Tests.Endpoints;

public sealed class LogsApiTests : IClassFixture<ConsoleHost>
{
    private readonly ConsoleHost _host;

    public LogsApiTests(ConsoleHost host)
    {
        _host = host;
        _host.Reset();
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_have_the_shape_of_the_contract()
    {
        _host.Logs.ReadAsync(default, default!, Cancelled).ReturnsForAnyArgs(_ => new LogPage([Line(7)], true));

        using var client = _host.As(ConsoleHost.Viewer);
        var page = await client.GetFromJsonAsync<JsonElement>("/api/processes/pets/logs?tail=5&q=x&regex=true&level=warn&stream=stderr&before=9", Cancelled);

        page.GetProperty("more").GetBoolean().ShouldBeTrue();
        var line = page.GetProperty("lines")[0];
        line.GetProperty("seq").GetInt64().ShouldBe(7);
        line.GetProperty("stream").GetString().ShouldBe("stderr");
        line.GetProperty("level").GetString().ShouldBe("warning");
        line.GetProperty("text").GetString().ShouldBe("line 7");
        await _host.Logs.Received().ReadAsync(
            _host.Pets.Id,
            new LogQuery { Text = "x", Regex = true, MinimumLevel = LineLevel.Warning, Stream = LogStream.Stderr, Before = 9, Limit = 5 },
            Arg.Any<CancellationToken>());
    }

    [Theory]
    [InlineData("tail=0", "tail")]
    [InlineData("level=loud", "level")]
    [InlineData("stream=stdin", "stream")]
    public async Task A_wrong_filter_is_named(string query, string field)
    {
        using var client = _host.As(ConsoleHost.Viewer);
        using var answer = await client.GetAsync("/api/processes/pets/logs?" + query, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_search_with_a_wrong_pattern_is_refused()
    {
        var fault = new Error("logs.pattern_invalid", ErrorKind.Invalid, "It is not a pattern.").At("q");
        _host.Logs.SearchAsync(default!, default!, Cancelled)
            .ReturnsForAnyArgs(_ => new[] { new LogSearchProgress([], 0, 0, null) { Error = fault } }.ToAsyncEnumerable());

        using var client = _host.As(ConsoleHost.Viewer);
        using var answer = await client.GetAsync("/api/logs/search?q=(&regex=true", Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Cancelled)).ShouldContain("logs.pattern_invalid");
    }

    [Fact]
    public async Task A_search_that_passed_over_a_log_is_not_complete()
    {
        _host.Logs.SearchAsync(default!, default!, Cancelled)
            .ReturnsForAnyArgs(_ => new[] { new LogSearchProgress([], 1, 1, null) { Unreadable = [_host.Pets.Id] } }.ToAsyncEnumerable());

        using var client = _host.As(ConsoleHost.Viewer);
        var answer = await client.GetFromJsonAsync<JsonElement>("/api/logs/search?q=x", Cancelled);

        answer.GetProperty("complete").GetBoolean().ShouldBeFalse();
        answer.GetProperty("unreadable")[0].GetString().ShouldBe(_host.Pets.Id.ToString());
    }

    [Fact]
    public async Task Text_is_the_raw_log()
    {
        _host.Logs.CopyRawAsync(default, default!, Cancelled).ReturnsForAnyArgs(call => call.Arg<Stream>().WriteAsync("raw\n"u8.ToArray()).AsTask());

        using var client = _host.As(ConsoleHost.Viewer);
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/plain"));
        using var answer = await client.GetAsync("/api/processes/pets/logs", Cancelled);

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        (await answer.Content.ReadAsStringAsync(Cancelled)).ShouldBe("raw\n");
    }

    [Theory]
    [InlineData("?after=3", null, 3L)]
    [InlineData("?after=3", "8", 8L)]
    [InlineData("", null, null)]
    public async Task A_stream_goes_on_where_its_reader_was(string query, string? lastEventId, long? from)
    {
        _host.Logs.FollowAsync(_host.Pets.Id, from, Arg.Any<CancellationToken>())
            .Returns(new[] { new LogBatch([Line(9), Line(10)], 0), new LogBatch([Line(20)], 9) }.ToAsyncEnumerable());

        using var client = _host.As(ConsoleHost.Viewer);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/processes/pets/logs/stream" + query);
        request.Headers.Add("Last-Event-ID", lastEventId is null ? [] : [lastEventId]);
        using var answer = await client.SendAsync(request, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var events = (await answer.Content.ReadAsStringAsync(Cancelled)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        events.Select(e => e.Split('\n')[0]).ShouldBe(["id: 9", "id: 10", "event: skipped", "id: 20"]);
        events[0].ShouldContain("\"text\":\"line 9\"");
        events[2].ShouldContain("{\"lines\":9}");
    }

    [Fact]
    public async Task A_stream_answers_before_there_is_a_line()
    {
        _host.Logs.FollowAsync(default, default, Cancelled).ReturnsForAnyArgs(call => NeverAsync(call.Arg<CancellationToken>()));

        using var client = _host.As(ConsoleHost.Viewer);
        using var answer = await client.GetAsync("/api/processes/pets/logs/stream", HttpCompletionOption.ResponseHeadersRead, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_search_ends_at_the_number_of_lines_asked_for()
    {
        var steps = Enumerable.Range(1, 100).Select(i => new LogSearchProgress([new LogHit(_host.Pets.Id, Line(i))], i, 100, ConsoleHost.Start));
        _host.Logs.SearchAsync(default!, default!, Cancelled).ReturnsForAnyArgs(_ => steps.ToAsyncEnumerable());

        using var client = _host.As(ConsoleHost.Viewer);
        var found = await client.GetFromJsonAsync<JsonElement>("/api/logs/search?q=line&tail=3", Cancelled);

        found.GetProperty("hits").GetArrayLength().ShouldBe(3);
        found.GetProperty("hits")[0].GetProperty("serverName").GetString().ShouldBe("pets");
        found.GetProperty("scannedBytes").GetInt64().ShouldBe(3);
        found.GetProperty("complete").GetBoolean().ShouldBeFalse();
    }

    private static LogLine Line(long sequence) => new(sequence, ConsoleHost.Start, LogStream.Stderr, LineLevel.Warning, $"line {sequence}");

    private static async IAsyncEnumerable<LogBatch> NeverAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        yield break;
    }
}
