using McpConsole.Domain.Servers;
using McpConsole.Web.Servers;

namespace McpConsole.Tests.Servers;

public sealed class McpServersJsonTests
{
    [Fact]
    public void Claude_desktop_block_gives_stdio_drafts()
    {
        var server = Single("""{"mcpServers":{"files":{"command":"npx","args":["-y","server-filesystem",8],"env":{"TOKEN":"t"},"cwd":"/srv"}}}""");

        var draft = server.Draft.Value;
        draft.Name.ShouldBe("files");
        draft.Transport.ShouldBe(McpTransport.Stdio);
        draft.Command.ShouldBe(["npx", "-y", "server-filesystem", "8"]);
        draft.Env["TOKEN"].ShouldBe("t");
        draft.WorkingDirectory.ShouldBe("/srv");
        server.Notes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"mcpServers":{"a":{"url":"http://h/mcp","headers":{"X":"1"}}}}""", McpTransport.Streamable)]
    [InlineData("""{"servers":{"a":{"type":"http","url":"http://h/mcp","headers":{"X":"1"}}},"inputs":[]}""", McpTransport.Streamable)]
    [InlineData("""{"mcp":{"servers":{"a":{"type":"sse","url":"http://h/mcp","headers":{"X":"1"}}}}}""", McpTransport.Sse)]
    [InlineData("""{"a":{"serverUrl":"http://h/mcp","headers":{"X":"1"}}}""", McpTransport.Streamable)]
    [InlineData("""{/* mine */"mcpServers":{"a":{"httpUrl":"http://h/mcp","headers":{"X":"1",}}}}""", McpTransport.Streamable)]
    public void Remote_entries_of_each_client_are_read(string json, McpTransport transport)
    {
        var draft = Single(json).Draft.Value;

        draft.Url.ShouldBe("http://h/mcp");
        draft.Transport.ShouldBe(transport);
        draft.Headers["X"].ShouldBe("1");
    }

    [Fact]
    public void Placeholders_of_the_other_client_are_pointed_out() =>
        Single("""{"servers":{"a":{"command":"x","env":{"KEY":"${input:key}"}}}}""").Notes.ShouldHaveSingleItem();

    [Fact]
    public void An_entry_without_command_or_url_does_not_spoil_the_others()
    {
        var servers = McpServersJson.Parse("""{"mcpServers":{"bad":{"type":"stdio"},"worse":3,"good":{"command":"x"}}}""").Value;

        servers.Select(s => s.Draft.IsOk).ShouldBe([false, false, true]);
        servers[0].Draft.Error!.Code.ShouldBe("import.no_launch");
    }

    [Theory]
    [InlineData("""{"theme":"dark"}""", "import.not_servers")]
    [InlineData("[]", "import.not_servers")]
    [InlineData("{}", "import.not_servers")]
    [InlineData("npx something", "import.not_json")]
    [InlineData("", "import.not_json")]
    public void What_is_no_server_list_is_refused_with_a_reason(string json, string code) =>
        McpServersJson.Parse(json).Error!.Code.ShouldBe(code);

    private static ImportedServer Single(string json) => McpServersJson.Parse(json).Value.ShouldHaveSingleItem();
}
