using System.Text;
using System.Text.Json;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Tests.Protocol;

/// <summary>Tools for tests: what a server does with a tool's answer, error, silence, progress and questions.</summary>
internal sealed class EchoTools : IToolSource
{
    private const string Schema = """{"type":"object"}""";

    public ReadOnlyMemory<byte> ListJson { get; private set; } = List("echo", "fail", "refuse", "hang", "progress", "ask", "ask_twice");

    public event Action? Changed;

    /// <summary>Released each time that <c>hang</c> is cancelled.</summary>
    public SemaphoreSlim Cancelled { get; } = new(0);

    /// <summary>Released each time that <c>hang</c> begins.</summary>
    public SemaphoreSlim Hanging { get; } = new(0);

    public void Replace(params string[] names)
    {
        ListJson = List(names);
        Changed?.Invoke();
    }

    public async ValueTask<bool> CallAsync(
        string name, JsonElement arguments, Utf8JsonWriter result, IRequestContext context, CancellationToken cancellationToken)
    {
        switch (name)
        {
            case "echo":
                Text(arguments.GetRawText());
                return true;
            case "fail":
                Text("half an answer");
                throw new InvalidOperationException("a secret");
            case "refuse":
                throw new McpException(RpcErrors.InvalidParams, "not like this");
            case "hang":
                Hanging.Release();
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                }
                finally
                {
                    Cancelled.Release();
                }

                return true;
            case "progress":
                await context.ReportProgressAsync(1, 2, "half");
                await context.LogAsync(LogSeverity.Warning, "echo", "watch out");
                Text("done");
                return true;
            case "ask":
                Text((await context.AskAsync("elicitation/create", "{\"message\":\"who?\"}"u8.ToArray(), cancellationToken)).GetRawText());
                return true;
            case "ask_twice":
                var first = await context.AskAsync("elicitation/create", "{\"message\":\"who?\"}"u8.ToArray(), cancellationToken);
                var second = await context.AskAsync("elicitation/create", "{\"message\":\"why?\"}"u8.ToArray(), cancellationToken);
                Text($"{first.GetRawText()} {second.GetRawText()}");
                return true;
            default:
                return false;
        }

        void Text(string text)
        {
            result.WriteStartArray("content");
            result.WriteStartObject();
            result.WriteString("type", "text");
            result.WriteString("text", text);
            result.WriteEndObject();
            result.WriteEndArray();
        }
    }

    private static byte[] List(params IEnumerable<string> names) =>
        Encoding.UTF8.GetBytes($"[{string.Join(',', names.Select(name => $$"""{"name":"{{name}}","inputSchema":{{Schema}}}"""))}]");
}
