using Bunit;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;
using McpConsole.Web.Components.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace McpConsole.Tests.Components;

public sealed class LogsPageTests : PageTest
{
    private readonly ServerSnapshot _server;

    public LogsPageTests() => _server = Catalog.Add("weather", Lifecycle.Running);

    [Fact]
    public void A_line_is_shown_as_text_whatever_it_holds()
    {
        Logs.Write(_server.Id, "hello <script>alert(1)</script> \e[31mred\e[0m");
        var page = Open();
        page.FindAll("script").ShouldBeEmpty();
        page.Find(".log-text").TextContent.Trim().ShouldBe("hello <script>alert(1)</script> red");
        page.Find(".ansi-1").TextContent.ShouldBe("red");
    }

    [Fact]
    public void New_lines_appear_by_themselves()
    {
        var page = Open();
        Follows(page);
        Logs.Write(_server.Id, "first", "second");
        page.WaitForAssertion(() => page.FindAll(".log-row").Count.ShouldBe(2));
    }

    [Fact]
    public void Skipped_lines_leave_a_mark()
    {
        var page = Open();
        Follows(page);
        Logs.Write(_server.Id, 1234, "after the gap");
        page.WaitForAssertion(() => page.Find(".log-skipped").TextContent.ShouldContain(1234.ToString("N0")));
    }

    [Fact]
    public void A_paused_view_stands_still_and_counts()
    {
        Logs.Write(_server.Id, "before");
        var page = Open("&paused=true");
        Follows(page);
        Logs.Write(_server.Id, "meanwhile");
        page.WaitForAssertion(() => page.Find(".log-newest").TextContent.ShouldContain("1 new lines"));
        page.Markup.ShouldNotContain("meanwhile");
        page.Find(".log-newest").Click();
        page.WaitForAssertion(() => page.Markup.ShouldContain("meanwhile"));
    }

    [Fact]
    public void A_filter_goes_into_the_url_and_keeps_what_matches()
    {
        Logs.Write(_server.Id, "error: refused", "all fine");
        var page = Open();
        page.Find(".find input").Change("refused");
        page.WaitForAssertion(() => page.FindAll(".log-row").ShouldHaveSingleItem().TextContent.ShouldContain("refused"));
        Services.GetRequiredService<NavigationManager>().Uri.ShouldContain("q=refused");
    }

    [Fact]
    public void A_wrong_regular_expression_is_told()
    {
        var page = Open("&regex=true&q=%28");
        page.WaitForAssertion(() => page.Find("[role=alert]").TextContent.ShouldContain("regular expression"));
    }

    [Fact]
    public void A_search_shows_hits_and_progress_and_can_be_cancelled()
    {
        var page = Open("&q=rare");
        page.Find(".find").Submit();
        Logs.Search.Writer.TryWrite(new([new(_server.Id, new(1, DateTimeOffset.UnixEpoch, LogStream.Stdout, LineLevel.Unknown, "a rare one"))], 40, 100, null));
        page.WaitForAssertion(() => page.Find(".hits li").TextContent.ShouldContain("a rare one"));
        page.Find(".search-panel").TextContent.ShouldContain("40 %");
        page.Find(".search-panel .btn:not(.btn-icon)").Click();
        page.WaitForAssertion(() => page.FindAll("progress").ShouldBeEmpty());
    }

    [Fact]
    public void The_download_is_over_http() =>
        Open().Find("a[download]").GetAttribute("href").ShouldBe($"api/processes/{_server.Id}/logs?download=true");

    [Fact]
    public async Task Leaving_the_page_leaves_no_follower()
    {
        Follows(Open());
        await DisposeComponentsAsync();
        Logs.FollowerCount.ShouldBe(0);
        Catalog.FollowerCount.ShouldBe(0);
    }

    private IRenderedComponent<LogsPage> Open(string query = "")
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"logs?server={_server.Id}{query}");
        return Render<LogsPage>();
    }

    private void Follows(IRenderedComponent<LogsPage> page) => page.WaitForAssertion(() => Logs.FollowerCount.ShouldBe(1));
}
