namespace McpConsole.Mcp.Protocol;

/// <summary>
/// The revisions spoken here. «Legacy» ones begin with <c>initialize</c> and have sessions; «modern» ones carry their version in each
/// request (specification 2026-07-28, basic/versioning).
/// </summary>
internal static class ProtocolVersions
{
    public const string Modern = "2026-07-28";

    public const string LatestLegacy = "2025-11-25";

    /// <summary>What a request without a version header is taken for.</summary>
    public const string Assumed = "2025-03-26";

    public static IReadOnlyList<string> Legacy { get; } = [LatestLegacy, "2025-06-18", Assumed, "2024-11-05"];

    /// <summary>The JSON array of all, newest first.</summary>
    public static ReadOnlySpan<byte> SupportedJson => """["2026-07-28","2025-11-25","2025-06-18","2025-03-26","2024-11-05"]"""u8;

    /// <summary>What is answered to a client that asks for <paramref name="requested"/> in <c>initialize</c>.</summary>
    public static string Negotiate(string? requested) => IsLegacy(requested) ? requested! : LatestLegacy;

    public static bool IsLegacy(string? version)
    {
        foreach (var legacy in Legacy)
        {
            if (string.Equals(legacy, version, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a version is from the modern era, known here or not: revisions are dates.</summary>
    public static bool IsModern(string? version) => string.CompareOrdinal(version, Modern) >= 0;

    public static bool AtLeast(string? version, string revision) => string.CompareOrdinal(version, revision) >= 0;

    /// <summary>The error for a version that is not spoken here; it lists those that are.</summary>
    public static McpException Unsupported(string? version)
    {
        using var data = new PooledBuffer();
        using var writer = RpcFrames.Writer(data);
        writer.WriteStartObject();
        writer.WritePropertyName("supported"u8);
        writer.WriteRawValue(ProtocolVersions.SupportedJson, skipInputValidation: true);
        writer.WriteString("requested"u8, version);
        writer.WriteEndObject();
        writer.Flush();
        return new McpException(RpcErrors.UnsupportedVersion, "Unsupported protocol version") { Details = data.Span.ToArray() };
    }
}
