using System.Collections.Immutable;
using Bunit;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Web.Components.Pages;
using NSubstitute.Extensions;

namespace McpConsole.Tests.Components;

public sealed class ProcessesPageTests : PageTest
{
    [Fact]
    public void A_process_shows_pid_and_use()
    {
        var server = Catalog.Add("weather", Lifecycle.Running);
        Catalog.Put(server with
        {
            Version = 2,
            Run = new(Guid.NewGuid(), 4711, 1, DateTimeOffset.UnixEpoch, 3322, Adopted: true),
            Resources = new(DateTimeOffset.UnixEpoch, 12.3, 50 << 20, 7, 42, 1),
        });
        Port<IRunStore>().ReturnsForAll(Task.FromResult<ImmutableArray<RunRecord>>(
            [new RunRecord(server.Id, new(Guid.NewGuid(), 99, 1, DateTimeOffset.UnixEpoch, 3322), "mcpc serve", new(DateTimeOffset.UnixEpoch, ExitReason.Signalled, null, "SIGKILL", ["killed"]))]));
        Port<IResourceHistory>().ReturnsForAll(Task.FromResult(ImmutableArray<ResourceSample>.Empty));
        Port<IResourceHistory>().ReturnsForAll(ImmutableArray<ResourceSample>.Empty);
        var page = Render<ProcessesPage>();
        page.Find("tbody tr").TextContent.ShouldSatisfyAllConditions(
            t => t.ShouldMatch(@"4711\s+taken over"), t => t.ShouldContain("12 %"), t => t.ShouldContain("50 MB"), t => t.ShouldContain("42"));
        page.Find(".process-detail").TextContent.ShouldContain("SIGKILL");
    }

    [Fact]
    public void A_remote_server_has_no_process_here()
    {
        var server = Catalog.Add("far");
        Catalog.Put(server with { Version = 2, Definition = server.Definition with { Launch = new RemoteLaunch { Url = "https://example.com/mcp" } } });
        Render<ProcessesPage>().FindAll("tbody tr").ShouldBeEmpty();
    }

    [Fact]
    public async Task Leaving_the_page_leaves_no_follower()
    {
        Render<ProcessesPage>();
        await DisposeComponentsAsync();
        Catalog.FollowerCount.ShouldBe(0);
    }
}
