using McpConsole.Domain.Logs;
using McpConsole.Web.Logs;

namespace McpConsole.Tests.Logs;

public sealed class LogPageStateTests
{
    [Fact]
    public void What_goes_into_the_url_comes_back()
    {
        var query = new LogQuery
        {
            Text = "a b", Regex = true, MinimumLevel = LineLevel.Warning, Stream = LogStream.Stderr,
            Since = DateTimeOffset.UnixEpoch, Until = DateTimeOffset.UnixEpoch.AddHours(1),
        };
        var state = new LogPageState([new(Guid.NewGuid()), new(Guid.NewGuid())], query, Paused: true, Wrap: true, HideTime: true);
        var p = state.ToParameters();
        var back = LogPageState.Parse(
            (string?)p["server"], (string?)p["q"], true, (string?)p["level"], (string?)p["stream"], (string?)p["since"], (string?)p["until"], true, true, true);
        back.Query.ShouldBe(state.Query);
        back.Servers.ShouldBe(state.Servers);
    }

    [Fact]
    public void Nonsense_in_the_url_is_left_out()
    {
        var state = LogPageState.Parse("x,,y", "", false, "loud", "sideways", "yesterday", null, false, false, false);
        state.Query.ShouldBe(new LogQuery());
        state.Servers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("refused", false, true)]
    [InlineData("REFUSED", false, true)]
    [InlineData("ref.*d$", true, true)]
    [InlineData("ref.*d$", false, false)]
    public void Live_lines_match_as_stored_ones_do(string text, bool regex, bool expected) => LineMatcher.Create(new() { Text = text, Regex = regex }).Value
        .Matches(new LogLine(1, DateTimeOffset.UnixEpoch, LogStream.Stdout, LineLevel.Unknown, "connection refused"))
        .ShouldBe(expected);
}
