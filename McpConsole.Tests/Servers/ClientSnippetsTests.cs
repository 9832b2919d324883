using McpConsole.Domain.Servers;
using McpConsole.Web.Servers;

namespace McpConsole.Tests.Servers;

public sealed class ClientSnippetsTests
{
    private const string Url = "http://127.0.0.1:3322/mcp";

    [Theory]
    [InlineData("Cursor")]
    [InlineData("VS Code")]
    public void What_is_written_for_a_client_is_read_back_by_the_import(string client)
    {
        var text = ClientSnippets.For("pets", Url, McpTransport.Streamable, "X-Key").Single(s => s.Client == client).Text;

        var draft = McpServersJson.Parse(text).Value.ShouldHaveSingleItem().Draft.Value;
        draft.Name.ShouldBe("pets");
        draft.Url.ShouldBe(Url);
        draft.Headers["X-Key"].ShouldBe("<X-Key>");
    }

    [Fact]
    public void Claude_desktop_goes_through_mcp_remote()
    {
        var text = ClientSnippets.For("pets", Url, McpTransport.Sse).Single(s => s.Client == "Claude Desktop").Text;

        McpServersJson.Parse(text).Value.ShouldHaveSingleItem().Draft.Value.Command
            .ShouldBe(["npx", "-y", "mcp-remote", Url, "--transport", "sse-only"]);
    }

    [Fact]
    public void A_name_cannot_break_out_of_a_command_line() =>
        ClientSnippets.For("a'; rm -rf /", Url, McpTransport.Streamable).Single(s => s.Client == "Claude Code").Text
            .ShouldBe($@"claude mcp add --transport http 'a'\''; rm -rf /' {Url}");

    [Theory]
    [InlineData(McpTransport.Streamable, "--transport http")]
    [InlineData(McpTransport.Stdio, "--transport http")]
    [InlineData(McpTransport.Sse, "--transport sse")]
    public void The_inspector_is_told_the_transport(McpTransport transport, string expected) =>
        ClientSnippets.For("a", Url, transport).Single(s => s.Client == "MCP Inspector").Text.ShouldContain(expected);
}
