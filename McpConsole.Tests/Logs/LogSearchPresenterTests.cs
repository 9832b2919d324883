using McpConsole.Domain.Logs;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Web.Logs;
using NSubstitute;

namespace McpConsole.Tests.Logs;

public sealed class LogSearchPresenterTests
{
    private readonly ILogStore _logs = Substitute.For<ILogStore>();

    [Fact]
    public async Task A_search_that_cannot_be_made_says_why_and_the_next_one_starts_afresh()
    {
        var wrong = new Error("logs.pattern_invalid", ErrorKind.Invalid, "The pattern «{0}» is not a regular expression: {1}", "(", "…");
        _logs.SearchAsync(default!, default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(
            Steps(new LogSearchProgress([], 0, 0, null) { Error = wrong }), Steps(new LogSearchProgress([], 10, 10, null)));
        await using var search = new LogSearchPresenter(_logs, () => Task.CompletedTask);

        await search.SearchAsync([], new LogQuery { Text = "(", Regex = true });
        search.Error.ShouldBe(wrong);

        await search.SearchAsync([], new LogQuery { Text = "x" });
        search.Error.ShouldBeNull();
    }

    [Fact]
    public async Task Logs_that_were_passed_over_are_named()
    {
        var server = new ServerId(Guid.NewGuid());
        _logs.SearchAsync(default!, default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(Steps(new LogSearchProgress([], 10, 10, null) { Unreadable = [server] }));
        await using var search = new LogSearchPresenter(_logs, () => Task.CompletedTask);

        await search.SearchAsync([], new LogQuery { Text = "x" });

        search.Unreadable.ShouldBe([server]);
    }

    private static IAsyncEnumerable<LogSearchProgress> Steps(params LogSearchProgress[] steps) => steps.ToAsyncEnumerable();
}
