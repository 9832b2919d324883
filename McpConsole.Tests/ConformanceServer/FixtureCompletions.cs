using System.Text.Json;
using McpConsole.Mcp.Protocol;

namespace McpConsole.ConformanceServer;

/// <summary>Completes the first argument of the suite's prompt.</summary>
internal sealed class FixtureCompletions : ICompletionSource
{
    private static readonly string[] s_words = ["paris", "park", "party"];

    public ValueTask CompleteAsync(JsonElement parameters, Utf8JsonWriter result, CancellationToken cancellationToken)
    {
        var typed = parameters.GetProperty("argument").GetProperty("value").GetString() ?? "";
        result.WriteStartObject("completion");
        result.WriteStartArray("values");
        foreach (var word in s_words.Where(word => word.StartsWith(typed, StringComparison.Ordinal)))
        {
            result.WriteStringValue(word);
        }

        result.WriteEndArray();
        result.WriteBoolean("hasMore", false);
        result.WriteEndObject();
        return ValueTask.CompletedTask;
    }
}
