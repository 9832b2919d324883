using System.Collections.Immutable;
using Bunit;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;
using McpConsole.Domain.Tools;
using McpConsole.Web.Components.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace McpConsole.Tests.Components;

public sealed class ServerFormPageTests : PageTest
{
    [Fact]
    public void A_document_shows_its_tools_what_was_skipped_and_why()
    {
        Inspect(Operation("getPet"), Operation("oddOne") with { ToolName = null, SkippedBecause = "its schema is missing" });
        var page = Render<ServerFormPage>();
        page.Find("#field-openapiUrl").Change("/srv/api.yaml");
        page.WaitForAssertion(() => page.FindAll(".operation").Count.ShouldBe(2));
        page.FindAll(".operation")[1].TextContent.ShouldContain("its schema is missing");
        page.Find("#op-oddOne").HasAttribute("disabled").ShouldBeTrue();
    }

    [Fact]
    public void A_large_tool_list_is_warned_of()
    {
        Inspect(Operation("huge") with { Tokens = 50_000 });
        var page = Render<ServerFormPage>();
        page.Find("#field-openapiUrl").Change("/srv/api.yaml");
        page.WaitForAssertion(() => page.Find(".note-warning").TextContent.ShouldContain("tokens"));
    }

    [Fact]
    public void The_exact_command_appears_while_typing()
    {
        Port<ILaunchPreview>().Preview(Arg.Any<ServerDefinition>()).Returns(call => LaunchPlanner.Plan(call.Arg<ServerDefinition>(), 3322, "/opt/mcpc"));
        var page = Render<ServerFormPage>();
        page.Find("#field-openapiUrl").Change("/srv/my api.yaml");
        page.Find("#field-port").Change("4000");
        page.WaitForAssertion(() => page.Find("aside code").TextContent.ShouldStartWith("/opt/mcpc serve --openapi '/srv/my api.yaml'"));
    }

    [Fact]
    public void Create_and_start_sends_the_draft_then_starts_it_and_opens_the_server()
    {
        Inspect(Operation("getPet"), Operation("deletePet"));
        var created = Catalog.Add("pets");
        Answer<IServerCommands, ServerSnapshot>(created);
        var page = Render<ServerFormPage>();
        page.Find("#field-name").Change("pets");
        page.Find("#field-openapiUrl").Change("/srv/api.yaml");
        page.WaitForElement("#op-deletePet").Change(false);
        page.Find(".form-actions .btn-primary").Click();
        var draft = ArgumentsOf<IServerCommands>(nameof(IServerCommands.CreateAsync))[0].ShouldBeOfType<ServerDraft>();
        (draft.Name, draft.OpenApiUrl).ShouldBe(("pets", "/srv/api.yaml"));
        draft.Operations!.Exclude.ShouldBe(["deletePet"]);
        ArgumentsOf<IServerCommands>(nameof(IServerCommands.StartAsync))[0].ShouldBe(created.Id);
        Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith($"servers/{created.Id}");
    }

    [Fact]
    public void Errors_stand_at_their_fields()
    {
        ImmutableArray<Error> errors =
        [
            new Error("server.name_taken", ErrorKind.Conflict, "There is a server named {0} already.", "pets") { Field = "name" },
            new("database.unavailable", ErrorKind.Unavailable, "The database is not available."),
        ];
        Refuse<IServerCommands, ServerSnapshot>(errors);
        var page = Render<ServerFormPage>();
        page.Find("form").Submit();
        page.Find("#field-name-error").TextContent.ShouldContain("pets already");
        page.Find("#field-name").GetAttribute("aria-invalid").ShouldBe("true");
        page.Find(".note-error").TextContent.ShouldContain("database");
    }

    [Fact]
    public void Editing_starts_from_the_stored_definition_and_keeps_secrets_masked()
    {
        var stored = Catalog.Add("pets");
        Catalog.Put(stored with
        {
            Version = 2,
            Definition = stored.Definition with { Launch = new OpenApiLaunch { Document = "/srv/api.yaml", AuthToken = new("hidden-value") } },
        });
        Inspect(Operation("getPet"));
        Answer<IServerCommands, ServerSnapshot>(stored);
        var page = Render<ServerFormPage>(parameters => parameters.Add(p => p.Id, stored.Id.ToString()));
        page.Markup.ShouldNotContain("hidden-value");
        page.Find("form").Submit();
        var call = ArgumentsOf<IServerCommands>(nameof(IServerCommands.UpdateAsync));
        (call[0], call[1].ShouldBeOfType<ServerDraft>().AuthToken).ShouldBe((stored.Id, Secret.Mask));
    }

    private static OperationPreview Operation(string id) => new(id, "GET", $"/{id}", [], id, $"About {id}", 100, true, null);

    private void Inspect(params OperationPreview[] operations) => Answer<IDocumentInspector, DocumentPreview>(new("Pets", "1", "OpenAPI 3.1.0", "http://api", [.. operations], 0, []));
}
