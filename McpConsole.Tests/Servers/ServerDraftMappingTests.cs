using System.Collections.Immutable;
using McpConsole.Domain.Servers;

namespace McpConsole.Tests.Servers;

public sealed class ServerDraftMappingTests
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);
    private static readonly ServerId s_id = new(Guid.NewGuid());

    private static readonly ServerDraft s_openApi = new()
    {
        Name = " shop ",
        OpenApiUrl = "https://example.org/openapi.json",
        BaseUrl = "https://example.org",
        AuthToken = "token",
        Headers = ImmutableSortedDictionary<string, string>.Empty.Add("X-Key", "key"),
        Env = ImmutableSortedDictionary<string, string>.Empty.Add("A", "a"),
        Operations = new OperationFilter(["tag:pets"], []),
        Watch = true,
        Port = 4000,
        Tags = ["x", "X", "y"],
    };

    [Fact]
    public void A_draft_becomes_a_definition()
    {
        var definition = s_openApi.ToDefinition(null, s_id, s_now).Value;
        definition.Name.ShouldBe("shop");
        definition.Revision.ShouldBe(1);
        definition.CreatedAt.ShouldBe(s_now);
        definition.Tags.ShouldBe(["x", "y"]);
        var launch = definition.Launch.ShouldBeOfType<OpenApiLaunch>();
        launch.AuthToken!.Reveal().ShouldBe("token");
        launch.Headers["X-Key"].Reveal().ShouldBe("key");
    }

    [Theory]
    [InlineData(null, "npx", McpTransport.Stdio)]
    [InlineData("/a.json", null, McpTransport.Streamable)]
    public void The_usual_transport_depends_on_the_kind(string? document, string? program, McpTransport expected) =>
        new ServerDraft { Name = "a", OpenApiUrl = document, Command = program is null ? [] : [program] }
            .ToDefinition(null, s_id, s_now).Value.Transport.ShouldBe(expected);

    [Fact]
    public void A_masked_secret_keeps_the_stored_one()
    {
        var stored = s_openApi.ToDefinition(null, s_id, s_now).Value;
        var changed = (stored.ToDraft() with { Name = "shop 2" }).ToDefinition(stored, s_id, s_now.AddDays(1)).Value;
        changed.ShouldBe(
            stored with { Name = "shop 2", Revision = 2, UpdatedAt = s_now.AddDays(1), Launch = changed.Launch, Environment = changed.Environment, Tags = changed.Tags });
        var launch = changed.Launch.ShouldBeOfType<OpenApiLaunch>();
        launch.AuthToken!.Reveal().ShouldBe("token");
        launch.Headers["X-Key"].Reveal().ShouldBe("key");
        changed.Environment["A"].Reveal().ShouldBe("a");
    }

    [Fact]
    public void A_given_secret_replaces_and_a_left_out_one_goes()
    {
        var stored = s_openApi.ToDefinition(null, s_id, s_now).Value;
        var draft = stored.ToDraft() with { AuthToken = "new", Headers = ImmutableSortedDictionary<string, string>.Empty };
        var launch = draft.ToDefinition(stored, s_id, s_now).Value.Launch.ShouldBeOfType<OpenApiLaunch>();
        launch.AuthToken!.Reveal().ShouldBe("new");
        launch.Headers.ShouldBeEmpty();
    }

    [Fact]
    public void An_edit_form_sees_no_secret()
    {
        var draft = s_openApi.ToDefinition(null, s_id, s_now).Value.ToDraft();
        draft.AuthToken.ShouldBe(Secret.Mask);
        draft.Headers.Values.ShouldAllBe(v => v == Secret.Mask);
        draft.Env.Values.ShouldAllBe(v => v == Secret.Mask);
    }
}
