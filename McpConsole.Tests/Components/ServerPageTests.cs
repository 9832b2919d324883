using System.Collections.Immutable;
using System.Text.Json;
using Bunit;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Domain.Tools;
using McpConsole.Web.Components.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Radzen.Blazor;

namespace McpConsole.Tests.Components;

public sealed class ServerPageTests : PageTest
{
    [Fact]
    public void The_overview_says_what_is_wrong_and_what_to_do()
    {
        var server = Catalog.Add("weather", Lifecycle.Failed, new(HealthLevel.Unhealthy, HealthCause.PortTaken, "Port 3322 is held by nginx"));
        Open(server).Find(".note-error").TextContent.ShouldSatisfyAllConditions(
            text => text.ShouldContain("Its port is taken by another program"),
            text => text.ShouldContain("Choose another port"),
            text => text.ShouldContain("held by nginx"));
    }

    [Fact]
    public void The_last_exit_shows_code_and_stderr()
    {
        var server = Catalog.Add("weather", Lifecycle.BackingOff);
        Catalog.Put(server with { Version = 2, LastExit = new(DateTimeOffset.UnixEpoch, ExitReason.Exited, 3, null, ["boom <b>"]) });
        var page = Open(server);
        page.Find(".exit").TextContent.ShouldContain("exit code 3");
        page.Find(".tail").TextContent.ShouldBe("boom <b>");
    }

    [Fact]
    public void Deleting_asks_first_and_names_the_server()
    {
        var server = Catalog.Add("weather");
        Answer<IServerCommands, Done>(default);
        var dialogs = Render<RadzenDialog>();
        var page = Open(server);
        page.Find("[aria-label='Delete weather']").Click();
        dialogs.WaitForAssertion(() => dialogs.Markup.ShouldContain("Delete «weather»?"));
        CallsOf<IServerCommands>(nameof(IServerCommands.DeleteAsync)).ShouldBeEmpty();
        dialogs.Find(".btn-danger").Click();
        page.WaitForAssertion(() => ArgumentsOf<IServerCommands>(nameof(IServerCommands.DeleteAsync))[0].ShouldBe(server.Id));
    }

    [Fact]
    public void A_tool_is_called_with_what_was_entered()
    {
        var server = Catalog.Add("weather", Lifecycle.Running);
        var schema = JsonDocument.Parse("""{"properties":{"city":{"type":"string"}},"required":["city"]}""").RootElement;
        Answer<IToolClient, ImmutableArray<ToolInfo>>([new ToolInfo("forecast", null, "Tells it", schema, null, null, 40)]);
        Answer<IToolClient, ToolOutcome>(
            new(JsonDocument.Parse("""{"content":[{"type":"text","text":"{\"sky\":\"clear\"}"}]}""").RootElement, false, TimeSpan.FromMilliseconds(12)));
        var page = Open(server, "?tab=tools");
        page.WaitForElement("#field-city").Change("Oslo");
        page.Find("form").Submit();
        page.WaitForAssertion(() => page.Find("[role=status] code").TextContent.ShouldBe("{\n  \"sky\": \"clear\"\n}"));
        var call = ArgumentsOf<IToolClient>(nameof(IToolClient.CallAsync));
        (call[0], call[1], call[2].ShouldBeOfType<JsonElement>().GetRawText()).ShouldBe((server.Id, "forecast", """{"city":"Oslo"}"""));
    }

    [Fact]
    public void A_missing_argument_is_told_and_nothing_is_called()
    {
        var server = Catalog.Add("weather", Lifecycle.Running);
        var schema = JsonDocument.Parse("""{"properties":{"days":{"type":"integer"}},"required":["days"]}""").RootElement;
        Answer<IToolClient, ImmutableArray<ToolInfo>>([new ToolInfo("forecast", null, null, schema, null, null, 40)]);
        var page = Open(server, "?tab=tools");
        page.WaitForElement("form").Submit();
        page.Find("#field-days-error").TextContent.ShouldContain("days");
        CallsOf<IToolClient>(nameof(IToolClient.CallAsync)).ShouldBeEmpty();
    }

    [Fact]
    public void An_event_appears_by_itself()
    {
        var server = Catalog.Add("weather", Lifecycle.Running);
        var page = Open(server);
        Events.Append(new(1, DateTimeOffset.UnixEpoch, server.Id, server.Name, ServerEventKind.Restarting, "Starts again in 2 s", ["2"]));
        page.WaitForAssertion(() => page.Find(".event").TextContent.ShouldContain("Starts again in 2 s"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?tab=logs")]
    public async Task Leaving_the_page_leaves_no_follower(string tab)
    {
        Open(Catalog.Add("weather", Lifecycle.Running), tab);
        await DisposeComponentsAsync();
        (Catalog.FollowerCount, Events.FollowerCount, Logs.FollowerCount).ShouldBe((0, 0, 0));
    }

    [Fact]
    public void An_unknown_server_is_said_to_be_missing() =>
        Render<ServerPage>(parameters => parameters.Add(p => p.Id, "nobody")).Find("h1").TextContent.ShouldBe("No such server");

    private IRenderedComponent<ServerPage> Open(ServerSnapshot server, string query = "")
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"servers/{server.Id}{query}");
        return Render<ServerPage>(parameters => parameters.Add(p => p.Id, server.Id.ToString()));
    }
}

public sealed class ServerPageAsViewerTests() : PageTest(Role.Viewer)
{
    [Fact]
    public void A_viewer_may_neither_act_nor_call()
    {
        var server = Catalog.Add("weather", Lifecycle.Running);
        Answer<IToolClient, ImmutableArray<ToolInfo>>([new ToolInfo("forecast", null, null, JsonDocument.Parse("{}").RootElement, null, null, 40)]);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"servers/{server.Id}?tab=tools");
        var page = Render<ServerPage>(parameters => parameters.Add(p => p.Id, server.Id.ToString()));
        page.WaitForAssertion(() => page.Markup.ShouldContain("needs the role Developer"));
        page.FindAll("button[type=submit], a[href$='/edit'], [aria-label^=Delete]").ShouldBeEmpty();
    }
}
