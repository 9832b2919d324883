using System.Collections.Immutable;
using System.Text.Json;
using McpConsole.Domain.Servers;
using McpConsole.Domain.Tools;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Upstream;

/// <summary>Reads a server's tools, page by page.</summary>
internal static class ToolListing
{
    /// <summary>A server that never ends its list is stopped here.</summary>
    private const int PageLimit = 1000;

    /// <summary>A token of a model is about four bytes of JSON.</summary>
    private const int BytesPerToken = 4;

    /// <exception cref="UpstreamException">There was no answer, or one that cannot be read.</exception>
    /// <exception cref="McpException">The server answered with an error.</exception>
    public static async Task<ImmutableArray<ToolInfo>> ReadAsync(IUpstream server, CancellationToken cancellationToken)
    {
        var tools = ImmutableArray.CreateBuilder<ToolInfo>();
        ReadOnlyMemory<byte> parameters = "{}"u8.ToArray();
        for (var page = 0; page < PageLimit; page++)
        {
            var response = await server.RequestAsync(RpcMethods.ToolsList, parameters, null, cancellationToken);
            if (response.Error.Exists)
            {
                throw RpcFrames.ToException(response);
            }

            var result = JsonElement.Parse(response[response.Result].Span);
            if (result.ValueKind != JsonValueKind.Object || !result.TryGetProperty("tools", out var list) || list.ValueKind != JsonValueKind.Array)
            {
                throw new UpstreamException(HealthCause.NotMcp, "Answers tools/list without tools.");
            }

            tools.AddRange(list.EnumerateArray().Where(tool => tool.ValueKind == JsonValueKind.Object).Select(Read));
            if (!result.TryGetProperty("nextCursor", out var cursor) || cursor.ValueKind != JsonValueKind.String)
            {
                break;
            }

            parameters = Page(cursor);
        }

        return tools.ToImmutable();
    }

    private static ToolInfo Read(JsonElement tool) => new(
        Text(tool, "name") ?? "",
        Text(tool, "title"),
        Text(tool, "description"),
        Member(tool, "inputSchema") ?? JsonElement.Parse("{}"u8),
        Member(tool, "outputSchema"),
        Member(tool, "annotations"),
        JsonElementBytes(tool) / BytesPerToken);

    private static int JsonElementBytes(JsonElement tool) => System.Text.Encoding.UTF8.GetByteCount(tool.GetRawText());

    private static string? Text(JsonElement tool, string member) => Member(tool, member) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Member(JsonElement tool, string member) => tool.TryGetProperty(member, out var value) ? value : null;

    private static byte[] Page(JsonElement cursor)
    {
        using var output = new PooledBuffer();
        using var writer = RpcFrames.Writer(output);
        writer.WriteStartObject();
        writer.WritePropertyName("cursor"u8);
        cursor.WriteTo(writer);
        writer.WriteEndObject();
        writer.Flush();
        return output.Span.ToArray();
    }
}
