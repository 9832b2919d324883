using System.Text.Json;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Upstream;

/// <summary>The requests that the console itself sends.</summary>
internal static class UpstreamFrames
{
    /// <summary>The params of <c>initialize</c>. The console answers no questions, so it announces no capabilities.</summary>
    public static ReadOnlySpan<byte> InitializeParameters =>
        """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"mcpconsole","version":"1"}}"""u8;

    /// <summary>The params with the <c>_meta</c> of a modern request.</summary>
    public static byte[] WithMeta(ReadOnlySpan<byte> parameters)
    {
        using var output = new PooledBuffer();
        using var writer = RpcFrames.Writer(output);
        writer.WriteStartObject();
        foreach (var member in JsonElement.Parse(parameters).EnumerateObject())
        {
            member.WriteTo(writer);
        }

        writer.WriteStartObject("_meta"u8);
        writer.WriteString(MetaKeys.ProtocolVersion, ProtocolVersions.Modern);
        writer.WriteStartObject(MetaKeys.ClientCapabilities);
        writer.WriteEndObject();
        writer.WriteStartObject(MetaKeys.ClientInfo);
        writer.WriteString("name"u8, "mcpconsole"u8);
        writer.WriteString("version"u8, "1"u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return output.Span.ToArray();
    }

    /// <summary>The revision that a server answered to <c>initialize</c>.</summary>
    /// <exception cref="UpstreamException">It refused, or speaks none that is known here.</exception>
    public static string ReadVersion(RpcMessage response)
    {
        if (response.Error.Exists)
        {
            throw new UpstreamException(Domain.Servers.HealthCause.ProtocolError, RpcFrames.ToException(response).Message);
        }

        var result = JsonElement.Parse(response[response.Result].Span);
        var version = result.ValueKind == JsonValueKind.Object && result.TryGetProperty("protocolVersion", out var value) ? value.ToString() : null;
        return ProtocolVersions.IsLegacy(version)
            ? version!
            : throw new UpstreamException(Domain.Servers.HealthCause.ProtocolError, $"Speaks an unknown revision: {version}");
    }
}
