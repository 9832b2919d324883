using System.Text.Json;
using McpConsole.Mcp.Protocol;

namespace McpConsole.Mcp.Bridge;

/// <summary>What a child answered to <c>initialize</c>: from it, every session's own is answered.</summary>
internal sealed class Handshake
{
    private readonly JsonElement _result;

    private Handshake(JsonElement result, string version) => (_result, Version) = (result, version);

    /// <summary>The revision that the child speaks.</summary>
    public string Version { get; }

    /// <summary>The params of the bridge's own <c>initialize</c>. Roots are not announced: a shared child has no one client whose they could be.</summary>
    public static ReadOnlySpan<byte> Parameters =>
        """{"protocolVersion":"2025-11-25","capabilities":{"sampling":{},"elicitation":{}},"clientInfo":{"name":"mcpconsole","version":"1"}}"""u8;

    /// <exception cref="McpException">The child refused, or answered something else.</exception>
    public static Handshake Read(RpcMessage response)
    {
        if (response.Error.Exists)
        {
            throw RpcFrames.ToException(response);
        }

        var result = RequestHandlers.Parse(response, response.Result);
        var version = result.ValueKind == JsonValueKind.Object && result.TryGetProperty("protocolVersion", out var value) ? value.ToString() : null;
        return ProtocolVersions.IsLegacy(version)
            ? new Handshake(result, version!)
            : throw new McpException(RpcErrors.InternalError, $"The server speaks an unknown revision: {version}");
    }

    /// <summary>The older of what the client asks for and what the child speaks: both understand it.</summary>
    public string Negotiate(string? requested)
    {
        var version = ProtocolVersions.Negotiate(requested);
        return string.CompareOrdinal(version, Version) < 0 ? version : Version;
    }

    /// <summary>Whether the child announced a capability.</summary>
    public bool Offers(string capability) =>
        _result.TryGetProperty("capabilities", out var all) && all.ValueKind == JsonValueKind.Object && all.TryGetProperty(capability, out _);

    /// <summary>The answer to a session's <c>initialize</c>.</summary>
    public PooledBuffer Answer(ReadOnlySpan<byte> id, string version) => Write(id, writer =>
    {
        writer.WriteString("protocolVersion"u8, version);
        foreach (var member in _result.EnumerateObject())
        {
            if (!member.NameEquals("protocolVersion"u8))
            {
                member.WriteTo(writer);
            }
        }
    });

    /// <summary>The answer to a modern client's <c>server/discover</c>.</summary>
    public PooledBuffer Discovery(ReadOnlySpan<byte> id) => Write(id, writer =>
    {
        writer.WriteString("resultType"u8, "complete"u8);
        writer.WritePropertyName("supportedVersions"u8);
        writer.WriteRawValue(ProtocolVersions.SupportedJson, skipInputValidation: true);
        writer.WritePropertyName("capabilities"u8);
        if (_result.TryGetProperty("capabilities", out var capabilities))
        {
            capabilities.WriteTo(writer);
        }
        else
        {
            writer.WriteRawValue("{}"u8, skipInputValidation: true);
        }

        if (_result.TryGetProperty("instructions", out var instructions))
        {
            writer.WritePropertyName("instructions"u8);
            instructions.WriteTo(writer);
        }

        // What a child offers may change with its next start, of which a modern client is not told.
        writer.WriteNumber("ttlMs"u8, 0);
        writer.WriteString("cacheScope"u8, "private"u8);
        if (_result.TryGetProperty("serverInfo", out var info))
        {
            writer.WriteStartObject("_meta"u8);
            writer.WritePropertyName(MetaKeys.ServerInfo);
            info.WriteTo(writer);
            writer.WriteEndObject();
        }
    });

    private static PooledBuffer Write(ReadOnlySpan<byte> id, Action<Utf8JsonWriter> members)
    {
        var output = new PooledBuffer();
        RpcFrames.BeginResult(output, id);
        using (var writer = RpcFrames.Writer(output))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        RpcFrames.End(output);
        return output;
    }
}
