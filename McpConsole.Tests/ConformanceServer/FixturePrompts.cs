using System.Text.Json;
using McpConsole.Mcp.Protocol;

namespace McpConsole.ConformanceServer;

/// <summary>The prompts of the suite.</summary>
internal sealed class FixturePrompts : IPromptSource
{
    public ReadOnlyMemory<byte> ListJson { get; } = Fixtures.Utf8("""
        [{"name":"test_simple_prompt","description":"A simple prompt"},
        {"name":"test_prompt_with_arguments","description":"A prompt with arguments","arguments":[
        {"name":"arg1","description":"First test argument","required":true},{"name":"arg2","description":"Second test argument","required":true}]},
        {"name":"test_prompt_with_embedded_resource","description":"A prompt with a resource","arguments":[
        {"name":"resourceUri","description":"URI of the resource to embed","required":true}]},
        {"name":"test_prompt_with_image","description":"A prompt with an image"}]
        """);

    public event Action? Changed
    {
        add { }
        remove { }
    }

    public ValueTask<bool> GetAsync(string name, JsonElement arguments, Utf8JsonWriter result, IRequestContext context, CancellationToken cancellationToken)
    {
        switch (name)
        {
            case "test_simple_prompt":
                Messages(Text("This is a simple prompt for testing."));
                break;
            case "test_prompt_with_arguments":
                Messages(Text($"Prompt with arguments: arg1='{Argument("arg1")}', arg2='{Argument("arg2")}'"));
                break;
            case "test_prompt_with_embedded_resource":
                var uri = Fixtures.Quoted(Argument("resourceUri"));
                var resource = $$"""{"uri":{{uri}},"mimeType":"text/plain","text":"Embedded resource content for testing."}""";
                Messages($$"""{"type":"resource","resource":{{resource}}}""", Text("Please process the embedded resource above."));
                break;
            case "test_prompt_with_image":
                Messages(
                    $$"""{"type":"image","data":"{{Fixtures.Png}}","mimeType":"image/png"}""",
                    Text("Please analyze the image above."));
                break;
            default:
                return ValueTask.FromResult(false);
        }

        return ValueTask.FromResult(true);

        string Argument(string argument) => arguments.TryGetProperty(argument, out var value)
            ? value.ToString()
            : throw new McpException(RpcErrors.InvalidParams, $"The argument {argument} is missing.");

        void Messages(params string[] contents) =>
            result.Raw("messages", $"[{string.Join(',', contents.Select(content => $$"""{"role":"user","content":{{content}}}"""))}]");
    }

    private static string Text(string text) => $$"""{"type":"text","text":{{Fixtures.Quoted(text)}}}""";
}
