using McpConsole.Runner;

namespace McpConsole.Tests.Runner;

public sealed class RunnerOptionsTests
{
    [Fact]
    public void Everything_has_the_default_that_the_usage_names()
    {
        var options = Parse("--openapi", "x.json");
        options.Document.ShouldBe("x.json");
        (options.Transport, options.Port, options.Host, options.Endpoint).ShouldBe((RunnerTransport.Stdio, 3322, "127.0.0.1", null));
        (options.Watch, options.Managed, options.AutoRestart).ShouldBe((false, false, false));
    }

    [Fact]
    public void Both_forms_of_an_option_are_read()
    {
        var options = Parse(
            "--openapi=a=b.json", "--transport", "sse", "--port=0", "--host", "0.0.0.0", "--endpoint", "/x", "--base-url", "http://h", "--auth", "t",
            "--headers", "A: 1", "--headers=B: 2", "--include", "tag:x", "--exclude", "GET /y");
        (options.Document, options.Transport, options.Port, options.Host, options.Endpoint).ShouldBe(("a=b.json", RunnerTransport.Sse, 0, "0.0.0.0", "/x"));
        (options.BaseUrl, options.Auth).ShouldBe(("http://h", "t"));
        options.Headers.ShouldBe(["A: 1", "B: 2"]);
        (options.Include.Single(), options.Exclude.Single()).ShouldBe(("tag:x", "GET /y"));
    }

    [Theory]
    [InlineData("--watch", true)]
    [InlineData("--watch true", true)]
    [InlineData("--watch=true", true)]
    [InlineData("--watch false", false)]
    [InlineData("--watch=false", false)]
    [InlineData("--watch --managed", true)]
    public void A_switch_takes_true_or_false_or_nothing(string arguments, bool on) =>
        Parse(["--openapi", "x", .. arguments.Split(' ')]).Watch.ShouldBe(on);

    [Theory]
    [InlineData("", "--openapi is missing.")]
    [InlineData("--openapi", "--openapi needs a value.")]
    [InlineData("--openapi x --port", "--port needs a value.")]
    [InlineData("--openapi x --port 70000", "--port is a number from 0 to 65535, not 70000.")]
    [InlineData("--openapi x --port -1", "--port is a number from 0 to 65535, not -1.")]
    [InlineData("--openapi x --transport http", "--transport is stdio, sse or streamable, not http.")]
    [InlineData("--openapi x --endpoint mcp", "--endpoint begins with a slash.")]
    [InlineData("--openapi x --watch=maybe", "--watch takes true or false, not maybe.")]
    [InlineData("--openapi x --nonsense", "Unknown option: --nonsense")]
    [InlineData("--openapi x y", "Unexpected: y")]
    public void What_is_wrong_is_named(string arguments, string message) =>
        Should.Throw<UsageException>(() => Parse(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Message.ShouldBe(message);

    [Fact]
    public void Headers_and_token_take_their_secrets_from_the_environment()
    {
        Environment.SetEnvironmentVariable("MCPC_TEST_SECRET", "s3cret");
        var access = Access.ToOpenApi(Parse("--openapi", "x", "--auth-env", "MCPC_TEST_SECRET", "--headers", "X-Key: a${MCPC_TEST_SECRET}b${MCPC_TEST_SECRET}")).Access;
        access.Token!.Reveal().ShouldBe("s3cret");
        access.Headers.Single().Name.ShouldBe("X-Key");
        access.Headers.Single().Value.Reveal().ShouldBe("as3cretbs3cret");
    }

    [Theory]
    [InlineData("--auth-env", "MCPC_TEST_MISSING", "MCPC_TEST_MISSING")]
    [InlineData("--headers", "A: ${MCPC_TEST_MISSING}", "MCPC_TEST_MISSING")]
    [InlineData("--headers", "no colon", "Name: value")]
    public void A_missing_variable_or_a_header_that_is_none_is_named(string option, string value, string named) =>
        Should.Throw<RunnerException>(() => Access.ToOpenApi(Parse("--openapi", "x", option, value))).Message.ShouldContain(named);

    private static RunnerOptions Parse(params string[] arguments) => RunnerOptions.Parse(arguments);
}
