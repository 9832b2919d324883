using System.Buffers;
using System.Text.Json;
using McpConsole.Mcp.OpenApi.Calls;

namespace McpConsole.Tests.OpenApi;

/// <summary>Calls a document's tools and reads the results as a client would.</summary>
internal static class ToolCalls
{
    public static async Task<JsonElement> CallAsync(
        this MappedDocument document, string tool, string arguments, ApiAccess? access = null, CancellationToken? cancellationToken = null)
    {
        using var caller = new OpenApiCaller(access ?? new ApiAccess());
        var buffer = new ArrayBufferWriter<byte>();
        await using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        await caller.CallAsync(
            document.Plan.Find(tool)!,
            document.Plan.BaseUrl,
            JsonDocument.Parse(arguments).RootElement,
            writer,
            cancellationToken ?? TestContext.Current.CancellationToken);
        writer.WriteEndObject();
        await writer.FlushAsync(TestContext.Current.CancellationToken);
        return JsonDocument.Parse(buffer.WrittenMemory).RootElement;
    }

    public static bool IsError(this JsonElement result) => result.TryGetProperty("isError", out var isError) && isError.GetBoolean();

    public static string Text(this JsonElement result) => result.GetProperty("content")[0].GetProperty("text").GetString()!;

    /// <summary>What the echo API says that it was sent.</summary>
    public static JsonElement Echo(this JsonElement result) => result.GetProperty("structuredContent");

    public static string? Header(this JsonElement result, string name) =>
        result.Echo().GetProperty("headers").TryGetProperty(name, out var value) ? value.GetString() : null;
}
