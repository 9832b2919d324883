using McpConsole.Domain.Accounts;
using McpConsole.Domain.Servers;
using McpConsole.Web.Resources;
using McpConsole.Web.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace McpConsole.Tests.Components;

public sealed class PaletteTests : PageTest
{
    [Fact]
    public void Words_find_actions_on_servers()
    {
        var server = Catalog.Add("weather", Lifecycle.Running);
        var entry = Find("sto weath").ShouldHaveSingleItem();
        (entry.Action, entry.Server).ShouldBe((ServerAction.Stop, server));
    }

    [Fact]
    public void Only_what_is_possible_now_is_offered()
    {
        Catalog.Add("weather", Lifecycle.Stopped);
        Find("weather").Select(e => e.Action).ShouldBe([null, null, ServerAction.Start]);
    }

    [Fact]
    public void A_viewer_is_offered_no_action()
    {
        Catalog.Add("weather", Lifecycle.Running);
        Find("", Role.Viewer).ShouldAllBe(entry => entry.Action == null && entry.Href != "servers/new");
    }

    [Fact]
    public void Pages_of_administrators_are_theirs_alone()
    {
        Find("audit", Role.Developer).ShouldBeEmpty();
        Find("audit", Role.Administrator).ShouldHaveSingleItem().Href.ShouldBe("audit");
    }

    private IReadOnlyList<PaletteEntry> Find(string text, Role role = Role.Developer) =>
        Palette.Find(text, Catalog.All, role, Services.GetRequiredService<IStringLocalizer<Texts>>());
}
