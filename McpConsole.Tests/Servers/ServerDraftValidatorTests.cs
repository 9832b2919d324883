using System.Collections.Immutable;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;

namespace McpConsole.Tests.Servers;

public sealed class ServerDraftValidatorTests
{
    private static readonly ServerDraft s_command = new() { Name = "a", Command = ["npx", "-y", "server"] };
    private static readonly ServerDraft s_openApi = new() { Name = "a", OpenApiUrl = "/srv/api.json" };
    private static readonly ServerDraft s_remote = new() { Name = "a", Url = "https://example.org/mcp" };

    public static TheoryData<string, ServerDraft> Wrong => new()
    {
        { "name", s_command with { Name = null } },
        { "name", s_command with { Name = "   " } },
        { "name", s_command with { Name = new string('n', 65) } },
        { "name", s_command with { Name = "a/b" } },
        { "name", s_command with { Name = "a\nb" } },
        { "name", s_command with { Name = Guid.NewGuid().ToString("N") } },
        { "name", s_command with { Name = Guid.NewGuid().ToString("D") } },
        { "description", s_command with { Description = new string('d', 1025) } },
        { "openapiUrl", new ServerDraft { Name = "a" } },
        { "command", s_openApi with { Command = ["x"] } },
        { "url", s_openApi with { Url = "https://example.org" } },
        { "openapiUrl", s_openApi with { OpenApiUrl = " " } },
        { "openapiUrl", s_openApi with { OpenApiUrl = "ftp://example.org/api.json" } },
        { "openapiUrl", s_openApi with { OpenApiUrl = "a\0b" } },
        { "url", s_remote with { Url = "example.org/mcp" } },
        { "url", s_remote with { Url = "file:///etc/passwd" } },
        { "transport", s_remote with { Transport = McpTransport.Stdio } },
        { "command", s_command with { Command = [""] } },
        { "command", s_command with { Command = ["a\nb"] } },
        { "command", s_command with { Command = ["a", "b\0c"] } },
        { "command", s_command with { Command = [.. Enumerable.Repeat("x", 257)] } },
        { "port", s_command with { Port = 0 } },
        { "port", s_command with { Port = 65536 } },
        { "endpoint", s_command with { Endpoint = "mcp" } },
        { "endpoint", s_command with { Endpoint = "/m cp" } },
        { "endpoint", s_command with { Endpoint = "/mcp?x" } },
        { "endpoint", s_command with { Endpoint = "/mcp\r\n" } },
        { "workingDirectory", s_command with { WorkingDirectory = "relative" } },
        { "env", s_command with { Env = Map("1A", "v") } },
        { "env", s_command with { Env = Map("A-B", "v") } },
        { "env", s_command with { Env = Map("A=B", "v") } },
        { "env", s_command with { Env = Map("A", "v\0w") } },
        { "env", s_command with { Env = Map("A", Secret.Mask) } },
        { "env", s_command with { Env = Map("A", null!) } },
        { "headers", s_openApi with { Headers = Map("X", null!) } },
        { "env", s_remote with { Env = Map("A", "v") } },
        { "headers", s_openApi with { Headers = Map("X Y", "v") } },
        { "headers", s_openApi with { Headers = Map("X:", "v") } },
        { "headers", s_openApi with { Headers = Map("X", "v\r\nSet-Cookie: z") } },
        { "headers", s_openApi with { Headers = Map("X", Secret.Mask) } },
        { "headers", s_command with { Headers = Map("X", "v") } },
        { "authToken", s_openApi with { AuthToken = Secret.Mask } },
        { "authToken", s_openApi with { AuthToken = "a\nb" } },
        { "authToken", s_command with { AuthToken = "t" } },
        { "baseUrl", s_openApi with { BaseUrl = "api" } },
        { "operations", s_openApi with { Operations = new OperationFilter([""], []) } },
        { "tags", s_command with { Tags = ["a b"] } },
        { "tags", s_command with { Tags = [.. Enumerable.Range(0, 21).Select(i => $"t{i}")] } },
        { "restart", s_command with { Restart = new RestartRule(MaxRetries: -1) } },
        { "limits", s_command with { Limits = new ResourceLimits(MemoryBytes: 1) } },
        { "limits", s_command with { Limits = new ResourceLimits(OpenFiles: 1) } },
        { "limits", s_command with { Limits = new ResourceLimits(Nice: 20) } },
    };

    public static TheoryData<ServerDraft> Right => new()
    {
        s_command,
        s_openApi,
        s_remote,
        s_command with { Name = "订单 service_1.2-b" },
        s_command with { Env = Map("_KEY", "-----BEGIN\nEND-----") },
        s_command with { Command = ["sh", "-c", "echo a\necho b"] },
        s_openApi with { OpenApiUrl = "http://localhost:1234/openapi/v1.json", BaseUrl = "https://api.example.org/v2", AuthToken = "t", Headers = Map("X-Key", "v") },
        s_command with { Transport = McpTransport.Streamable, Port = 65535, Endpoint = "/a/b-c", WorkingDirectory = "/tmp" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_field_is_named(string field, ServerDraft draft)
    {
        var error = ServerDraftValidator.Validate(draft, null).ShouldHaveSingleItem();
        error.Field.ShouldBe(field);
        error.Kind.ShouldBe(ErrorKind.Invalid);
        error.Message.ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [MemberData(nameof(Right))]
    public void A_usable_draft_passes(ServerDraft draft) => ServerDraftValidator.Validate(draft, null).ShouldBeEmpty();

    [Fact]
    public void Every_wrong_field_has_one_error()
    {
        var draft = new ServerDraft { Name = "", Url = "x", Port = -1, Endpoint = "x", Env = Map("1", "v"), Tags = [""] };
        ServerDraftValidator.Validate(draft, null).Select(e => e.Field).ShouldBe(["name", "url", "env", "port", "endpoint", "tags"], ignoreOrder: true);
    }

    private static ImmutableSortedDictionary<string, string> Map(string name, string value) =>
        ImmutableSortedDictionary<string, string>.Empty.Add(name, value);
}
