using System.Collections.Immutable;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;

namespace McpConsole.Tests.Processes;

public sealed class LaunchPlannerTests
{
    private const string Runner = "/opt/mcpc";

    private static readonly ServerDefinition s_openApi = new()
    {
        Id = new ServerId(Guid.NewGuid()),
        Name = "shop",
        Launch = new OpenApiLaunch { Document = "api.json" },
    };

    private static readonly ServerDefinition s_command = s_openApi with { Launch = new CommandLaunch { Argv = ["serve", "--port={port}", "x"] } };

    [Fact]
    public void An_OpenApi_server_is_served_by_the_runner()
    {
        var plan = LaunchPlanner.Plan(s_openApi, 3322, Runner)!;
        plan.Argv.ShouldBe([Runner, "serve", "--openapi", "api.json", "--transport", "streamable", "--port", "3322", "--endpoint", "/mcp", "--managed"]);
        plan.Url.ShouldBe(new Uri("http://127.0.0.1:3322/mcp"));
        plan.IsStdio.ShouldBeFalse();
    }

    [Theory]
    [InlineData(McpTransport.Sse, "sse", "/sse")]
    [InlineData(McpTransport.Streamable, "streamable", "/mcp")]
    public void Each_transport_has_its_word_and_endpoint(McpTransport transport, string word, string endpoint)
    {
        var plan = LaunchPlanner.Plan(s_openApi with { Transport = transport }, 1, Runner)!;
        plan.Argv.ShouldContain(word);
        plan.Url!.AbsolutePath.ShouldBe(endpoint);
    }

    [Fact]
    public void Secrets_go_by_the_environment()
    {
        var headers = ImmutableSortedDictionary<string, Secret>.Empty.Add("X-Key", new Secret("k3y"));
        var launch = new OpenApiLaunch { Document = "api.json", AuthToken = new Secret("t0ken"), Headers = headers };
        var plan = LaunchPlanner.Plan(s_openApi with { Launch = launch }, 1, Runner)!;
        string.Join(' ', plan.Argv).ShouldNotContain("t0ken");
        string.Join(' ', plan.Argv).ShouldNotContain("k3y");
        plan.Argv.ShouldContain("X-Key: ${MCPC_HEADER_1}");
        plan.SecretEnvironment["MCPC_HEADER_1"].Reveal().ShouldBe("k3y");
        plan.SecretEnvironment["MCPC_AUTH_TOKEN"].Reveal().ShouldBe("t0ken");
        ShellLine.Format(plan).ShouldContain("MCPC_AUTH_TOKEN=\"${MCPC_AUTH_TOKEN:?}\"");
    }

    [Fact]
    public void Options_of_a_document_become_flags()
    {
        var launch = new OpenApiLaunch { Document = "a", BaseUrl = "https://b", Operations = new OperationFilter(["tag:x"], ["y"]), Watch = true };
        var line = string.Join(' ', LaunchPlanner.Plan(s_openApi with { Launch = launch }, 1, Runner)!.Argv);
        line.ShouldContain("--base-url https://b");
        line.ShouldContain("--include tag:x --exclude y --watch");
    }

    [Fact]
    public void A_command_gets_its_port()
    {
        var plan = LaunchPlanner.Plan(s_command with { Environment = ImmutableSortedDictionary<string, Secret>.Empty.Add("AT", new Secret(":{port}")) }, 4000, Runner)!;
        plan.Argv.ShouldBe(["serve", "--port=4000", "x"]);
        plan.Environment["PORT"].ShouldBe("4000");
        plan.SecretEnvironment["AT"].Reveal().ShouldBe(":4000");
    }

    [Fact]
    public void A_variable_of_the_definition_wins_over_ours()
    {
        var plan = LaunchPlanner.Plan(s_command with { Environment = ImmutableSortedDictionary<string, Secret>.Empty.Add("PORT", new Secret("1")) }, 4000, Runner)!;
        plan.Environment.ShouldNotContainKey("PORT");
        plan.SecretEnvironment["PORT"].Reveal().ShouldBe("1");
    }

    [Fact]
    public void Stdio_has_no_port()
    {
        var plan = LaunchPlanner.Plan(s_command with { Transport = McpTransport.Stdio }, 4000, Runner)!;
        (plan.IsStdio, plan.Port, plan.Url).ShouldBe((true, null, null));
        plan.Argv.ShouldContain("--port={port}");
    }

    [Fact]
    public void Nothing_is_executed_for_a_remote_server() =>
        LaunchPlanner.Plan(s_openApi with { Launch = new RemoteLaunch { Url = "https://example.org" } }, 1, Runner).ShouldBeNull();

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "''")]
    [InlineData("two words", "'two words'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("$HOME`id`", "'$HOME`id`'")]
    [InlineData("a\nb", "'a\nb'")]
    public void Words_are_quoted_for_a_shell(string word, string expected) => ShellLine.Quote(word).ShouldBe(expected);
}
