using System.Text.Json;
using McpConsole.Mcp.Protocol;

namespace McpConsole.ConformanceServer;

/// <summary>The tools of the suite, each as the suite's own text describes it.</summary>
internal sealed class FixtureTools : IToolSource
{
    private const string NoArguments = """{"type":"object"}""";

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    public ReadOnlyMemory<byte> ListJson { get; } = Fixtures.Utf8($$"""
        [{{Tool("test_simple_text")}},{{Tool("test_image_content")}},{{Tool("test_audio_content")}},{{Tool("test_embedded_resource")}},
        {{Tool("test_multiple_content_types")}},{{Tool("test_tool_with_logging")}},{{Tool("test_tool_with_progress")}},{{Tool("test_error_handling")}},
        {{Tool("test_sampling", """{"type":"object","properties":{"prompt":{"type":"string"}},"required":["prompt"]}""")}},
        {{Tool("test_elicitation", """{"type":"object","properties":{"message":{"type":"string"}},"required":["message"]}""")}},
        {{Tool("test_elicitation_sep1034_defaults")}},{{Tool("test_elicitation_sep1330_enums")}},{{Tool("test_reconnection")}},
        {{Tool("json_schema_2020_12_tool", ElicitationSchemas.JsonSchema2020)}}]
        """);

    /// <summary>The fixtures do not change.</summary>
    public event Action? Changed
    {
        add { }
        remove { }
    }

    public async ValueTask<bool> CallAsync(
        string name, JsonElement arguments, Utf8JsonWriter result, IRequestContext context, CancellationToken cancellationToken)
    {
        switch (name)
        {
            case "test_simple_text":
                result.Text("This is a simple text response for testing.");
                return true;
            case "test_image_content":
                result.Raw("content", $$"""[{"type":"image","data":"{{Fixtures.Png}}","mimeType":"image/png"}]""");
                return true;
            case "test_audio_content":
                result.Raw("content", $$"""[{"type":"audio","data":"{{Fixtures.Wav}}","mimeType":"audio/wav"}]""");
                return true;
            case "test_embedded_resource":
                const string resource = """{"uri":"test://embedded-resource","mimeType":"text/plain","text":"This is an embedded resource content."}""";
                result.Raw("content", $$"""[{"type":"resource","resource":{{resource}}}]""");
                return true;
            case "test_multiple_content_types":
                const string mixed = """{"uri":"test://mixed-content-resource","mimeType":"application/json","text":"{\"test\":\"data\",\"value\":123}"}""";
                result.Raw("content", $$"""
                    [{"type":"text","text":"Multiple content types test:"},{"type":"image","data":"{{Fixtures.Png}}","mimeType":"image/png"},
                    {"type":"resource","resource":{{mixed}}}]
                    """);
                return true;
            case "test_error_handling":
                result.Text("This tool intentionally returns an error for testing");
                result.WriteBoolean("isError", true);
                return true;
            case "json_schema_2020_12_tool":
                result.Text("Arguments: " + arguments.GetRawText());
                return true;
            default:
                return await CallTalkingAsync(name, arguments, result, context, cancellationToken);
        }
    }

    /// <summary>The tools that speak to the client before they answer.</summary>
    private static async ValueTask<bool> CallTalkingAsync(
        string name, JsonElement arguments, Utf8JsonWriter result, IRequestContext context, CancellationToken cancellationToken)
    {
        switch (name)
        {
            case "test_tool_with_logging":
                await context.LogAsync(LogSeverity.Info, "fixture", "Tool execution started");
                await Task.Delay(s_pause, TimeProvider.System, cancellationToken);
                await context.LogAsync(LogSeverity.Info, "fixture", "Tool processing data");
                await Task.Delay(s_pause, TimeProvider.System, cancellationToken);
                await context.LogAsync(LogSeverity.Info, "fixture", "Tool execution completed");
                result.Text("Tool with logging executed successfully");
                return true;
            case "test_tool_with_progress":
                await context.ReportProgressAsync(0, 100);
                await Task.Delay(s_pause, TimeProvider.System, cancellationToken);
                await context.ReportProgressAsync(50, 100);
                await Task.Delay(s_pause, TimeProvider.System, cancellationToken);
                await context.ReportProgressAsync(100, 100);
                result.Text("Tool with progress executed successfully");
                return true;
            case "test_sampling":
                var prompt = Fixtures.Quoted(arguments.GetProperty("prompt").GetString()!);
                var question = $$"""{"messages":[{"role":"user","content":{"type":"text","text":{{prompt}} } }],"maxTokens":100}""";
                var sample = await context.AskAsync("sampling/createMessage", Fixtures.Utf8(question), cancellationToken);
                result.Text("LLM response: " + sample.GetProperty("content").GetProperty("text").GetString());
                return true;
            case "test_elicitation":
                var message = arguments.GetProperty("message").GetString()!;
                result.Text("User response: " + await ElicitAsync(context, message, ElicitationSchemas.User, cancellationToken));
                return true;
            case "test_elicitation_sep1034_defaults":
                result.Text("Elicitation completed: " + await ElicitAsync(context, "Defaults", ElicitationSchemas.Defaults, cancellationToken));
                return true;
            case "test_elicitation_sep1330_enums":
                result.Text("Elicitation completed: " + await ElicitAsync(context, "Enums", ElicitationSchemas.Enums, cancellationToken));
                return true;
            case "test_reconnection":
                await context.ReleaseConnectionAsync(s_pause);
                await Task.Delay(s_pause * 2, TimeProvider.System, cancellationToken);
                result.Text("Reconnection test completed successfully");
                return true;
            default:
                return false;
        }
    }

    private static async Task<string> ElicitAsync(IRequestContext context, string message, string schema, CancellationToken cancellationToken)
    {
        var question = Fixtures.Utf8($$"""{"message":{{Fixtures.Quoted(message)}},"requestedSchema":{{schema}}}""");
        var answer = await context.AskAsync("elicitation/create", question, cancellationToken);
        var content = answer.TryGetProperty("content", out var given) ? given.GetRawText() : "{}";
        return $"action={answer.GetProperty("action").GetString()}, content={content}";
    }

    private static string Tool(string name, string schema = NoArguments) =>
        $$"""{"name":"{{name}}","description":"Fixture {{name}}","inputSchema":{{schema}}}""";
}
