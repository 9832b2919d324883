using System.Collections.Immutable;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Web.Servers;

namespace McpConsole.Tests.Servers;

public sealed class ServerFormTests
{
    public static TheoryData<ServerDraft> Drafts =>
    [
        new ServerDraft
        {
            Name = "pets", OpenApiUrl = "/srv/api.yaml", BaseUrl = "https://api", AuthToken = Secret.Mask, Watch = true, Transport = McpTransport.Sse, Port = 4000,
            Endpoint = "/events", Headers = ImmutableSortedDictionary<string, string>.Empty.Add("X-Key", Secret.Mask), AutoStart = true, Tags = ["a", "b"],
            Restart = new(RestartPolicy.Always, 3), Limits = new(256 << 20, 1024, 5), Operations = OperationFilter.All,
        },
        new ServerDraft
        {
            Name = "files", Command = ["npx", "-y", "it's here", ""], Env = ImmutableSortedDictionary<string, string>.Empty.Add("KEY", "v"), WorkingDirectory = "/srv",
            Sharing = StdioSharing.PerSession, Transport = McpTransport.Stdio, RecordTraffic = true, Restart = new(), Limits = ResourceLimits.None,
        },
        new ServerDraft { Name = "far", Url = "https://example.com/mcp", Transport = McpTransport.Streamable, Description = "Elsewhere", Restart = new() },
    ];

    [Theory]
    [MemberData(nameof(Drafts))]
    public void A_form_left_alone_gives_back_the_same_draft(ServerDraft draft)
    {
        var back = ServerForm.Of(draft).ToDraft(draft.Operations ?? OperationFilter.All);
        JsonSerializer.Serialize(back).ShouldBe(JsonSerializer.Serialize(draft));
    }

    [Theory]
    [InlineData("port")]
    [InlineData("restart")]
    [InlineData("limits")]
    public void What_is_no_number_is_refused_at_its_field(string field)
    {
        var form = new ServerForm { Name = "x", Document = "/a.yaml" };
        (form.Port, form.MaxRetries, form.OpenFiles) = (field == "port" ? "many" : null, field == "restart" ? "many" : "1", field == "limits" ? "many" : null);
        ServerDraftValidator.Validate(form.ToDraft(OperationFilter.All), null).ShouldHaveSingleItem().Field.ShouldBe(field);
    }

    [Theory]
    [InlineData("npx -y pkg", "npx|-y|pkg")]
    [InlineData("  a   b ", "a|b")]
    [InlineData("""run 'two words' "and \"quoted\"" plain\ space""", "run|two words|and \"quoted\"|plain space")]
    [InlineData("x ''", "x|")]
    [InlineData("", "")]
    public void A_command_line_is_taken_apart_as_a_shell_does(string line, string words) =>
        string.Join('|', CommandWords.Split(line)).ShouldBe(words);

    [Fact]
    public void Quoted_words_come_back_as_they_were() => Prop.ForAll<NonNull<string>[]>(words =>
    {
        string[] plain = [.. words.Select(word => word.Get)];
        return CommandWords.Split(string.Join(' ', plain.Select(ShellLine.Quote))).SequenceEqual(plain);
    }).QuickCheckThrowOnFailure();
}
