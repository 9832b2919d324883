using McpConsole.Domain.Servers;
using McpConsole.Web.Processes;

namespace McpConsole.Tests.Processes;

public sealed class ServeCommandTests
{
    [Fact]
    public void Defaults_are_left_out() =>
        new ServeCommand { OpenApi = "api.yaml" }.Line.ShouldBe("mcpc serve --openapi api.yaml --transport streamable");

    [Fact]
    public void Stdio_has_no_port_host_or_endpoint() =>
        new ServeCommand { OpenApi = "api.yaml", Transport = McpTransport.Stdio, Port = "4000", Host = "0.0.0.0", Endpoint = "/x" }.Line
            .ShouldBe("mcpc serve --openapi api.yaml");

    [Fact]
    public void Every_option_has_its_place() => new ServeCommand
    {
        OpenApi = "https://api.example.com/a b.json",
        Transport = McpTransport.Sse,
        Port = "0",
        Host = "0.0.0.0",
        Endpoint = "/events",
        BaseUrl = "https://api.example.com",
        AuthEnv = "API_TOKEN",
        Auth = "never with a variable",
        Headers = "X-Key: ${KEY}\nX-Other: 1\n",
        Include = "tag:pets",
        Exclude = "DELETE *",
        Watch = true,
        Managed = true,
        AutoRestart = true,
    }.Line.ShouldBe(
        "mcpc serve --openapi 'https://api.example.com/a b.json' --transport sse --port 0 --host 0.0.0.0 --endpoint /events "
        + "--base-url https://api.example.com --auth-env API_TOKEN --headers 'X-Key: ${KEY}' --headers 'X-Other: 1' "
        + "--include tag:pets --exclude 'DELETE *' --watch --managed --auto-restart");
}
