using System.Globalization;
using Bunit;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Web.Components.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using NSubstitute.Extensions;

namespace McpConsole.Tests.Components;

public sealed class ServersPageTests : PageTest
{
    [Fact]
    public void An_empty_list_says_what_to_do()
    {
        var page = Render<ServersPage>();
        page.Find(".empty").TextContent.ShouldContain("OpenAPI document");
        page.FindAll("a[href='servers/new']").ShouldNotBeEmpty();
    }

    [Fact]
    public void A_row_shows_state_health_tools_and_url()
    {
        Catalog.Add("weather", Lifecycle.Running);
        var row = Render<ServersPage>().Find("tbody tr");
        row.QuerySelector(".state")!.TextContent.Trim().ShouldBe("Running");
        row.QuerySelector(".health")!.TextContent.Trim().ShouldBe("Answers MCP");
        row.TextContent.ShouldContain(":3322/mcp");
        row.QuerySelector("td[data-label=Tools]")!.TextContent.ShouldBe("7");
    }

    [Theory]
    [InlineData("en", 1, "1 server, 0 running, 0 needing attention")]
    [InlineData("en", 2, "2 servers, 0 running, 0 needing attention")]
    [InlineData("zh-Hans", 1, "共 1 个服务器，0 个运行中，0 个需要关注")]
    public void The_servers_are_counted_in_the_readers_language(string language, int count, string lead)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            for (var i = 0; i < count; i++)
            {
                Catalog.Add($"server-{i}");
            }

            Render<ServersPage>().Find(".page-head p").TextContent.ShouldBe(lead);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void A_change_reaches_the_row()
    {
        var server = Catalog.Add("weather");
        var page = Render<ServersPage>();
        Catalog.Put(server with { Version = 2, State = Lifecycle.Failed, Health = new(HealthLevel.Unhealthy, HealthCause.PortTaken) });
        page.WaitForAssertion(() => page.Find(".health").TextContent.Trim().ShouldBe("Its port is taken by another program"));
    }

    [Fact]
    public void An_older_snapshot_does_not_replace_a_newer_one()
    {
        var server = Catalog.Add("weather", Lifecycle.Running);
        var page = Render<ServersPage>();
        Catalog.Put(server with { Version = 5, State = Lifecycle.Stopping });
        Catalog.Put(server with { Version = 4, State = Lifecycle.Failed });
        Catalog.Add("marker");
        page.WaitForAssertion(() => page.FindAll("tbody tr").Count.ShouldBe(2));
        page.Find($"tr:has(a[href='servers/{server.Id}']) .state").TextContent.Trim().ShouldBe("Stopping");
    }

    [Fact]
    public void A_deleted_server_leaves_the_list()
    {
        var server = Catalog.Add("weather");
        var page = Render<ServersPage>();
        Catalog.Put(server with { Version = 2, Deleted = true });
        page.WaitForAssertion(() => page.FindAll("tbody tr").ShouldBeEmpty());
    }

    [Theory]
    [InlineData(Lifecycle.Stopped, "start")]
    [InlineData(Lifecycle.Running, "stop")]
    [InlineData(Lifecycle.Running, "restart")]
    public void A_button_commands_its_own_server(Lifecycle state, string action)
    {
        Catalog.Add("other", Lifecycle.Running);
        var server = Catalog.Add("weather", state);
        Commands.ReturnsForAll(Task.FromResult<Result<ServerSnapshot>>(server));
        var page = Render<ServersPage>();
        page.Find($"tr:has(a[href='servers/{server.Id}']) .act-{action}").Click();
        var call = Commands.ReceivedCalls().ShouldHaveSingleItem();
        call.GetMethodInfo().Name.ShouldBe($"{action}Async", StringCompareShould.IgnoreCase);
        call.GetArguments()[0].ShouldBe(server.Id);
        call.GetArguments()[1].ShouldBeOfType<Actor>().Name.ShouldBe("ada");
    }

    [Fact]
    public void Chosen_servers_are_started_in_bulk()
    {
        var servers = new[] { Catalog.Add("a"), Catalog.Add("b"), Catalog.Add("c", Lifecycle.Running) };
        Commands.ReturnsForAll(Task.FromResult<Result<ServerSnapshot>>(servers[0]));
        var page = Render<ServersPage>();
        page.Find(".bulk input").Change(true);
        page.FindAll(".bulk button")[0].Click();
        Commands.ReceivedCalls().Select(call => call.GetArguments()[0]).ShouldBe([servers[0].Id, servers[1].Id], ignoreOrder: true);
    }

    [Fact]
    public void The_filter_stands_in_the_url()
    {
        Catalog.Add("weather", tags: "public");
        Catalog.Add("billing");
        var page = Render<ServersPage>();
        page.Find("input[type=search]").Input("weath");
        page.FindAll("tbody tr").ShouldHaveSingleItem().TextContent.ShouldContain("weather");
        Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("?q=weath");
    }

    [Fact]
    public async Task Leaving_the_page_leaves_no_follower()
    {
        Render<ServersPage>();
        Catalog.FollowerCount.ShouldBe(1);
        await DisposeComponentsAsync();
        Catalog.FollowerCount.ShouldBe(0);
    }
}

public sealed class ServersPageAsViewerTests() : PageTest(Role.Viewer)
{
    [Fact]
    public void A_viewer_sees_servers_and_no_actions()
    {
        Catalog.Add("weather", Lifecycle.Running);
        var page = Render<ServersPage>();
        page.Find("tbody tr").TextContent.ShouldContain("weather");
        page.FindAll(".act-start, .act-stop, .act-restart, input[type=checkbox], a[href='servers/new']").ShouldBeEmpty();
    }
}
