using System.Text;
using McpConsole.Mcp.Protocol;
using Microsoft.AspNetCore.Http;

namespace McpConsole.Mcp.Transports;

/// <summary>
/// Checks that the headers of a modern POST say what its body says (specification 2026-07-28, streamable-http, «Server Validation»):
/// what routes by the header and what acts by the body must not be told different things.
/// </summary>
internal static class ModernHeaders
{
    public const string Version = "MCP-Protocol-Version";

    public const string Method = "Mcp-Method";

    public const string Name = "Mcp-Name";

    private const string EncodedStart = "=?base64?";

    private const string EncodedEnd = "?=";

    /// <exception cref="McpException">With the error that the client gets, by status 400.</exception>
    public static void Check(IHeaderDictionary headers, RpcMessage message)
    {
        var version = message.Text(message.ModernVersion);
        Compare(Version, headers[Version], version);
        if (version != ProtocolVersions.Modern)
        {
            throw ProtocolVersions.Unsupported(version);
        }

        Compare(Method, headers[Method], message.Method);
        if (message.Method is RpcMethods.ToolsCall or RpcMethods.PromptsGet)
        {
            Compare(Name, Decode(headers[Name]), message.Text(message.Name));
        }
        else if (message.Method is RpcMethods.ResourcesRead)
        {
            Compare(Name, Decode(headers[Name]), message.Text(message.Uri));
        }

        if (!message.ClientCapabilities.Exists)
        {
            throw new McpException(RpcErrors.InvalidParams, "params._meta lacks io.modelcontextprotocol/clientCapabilities.");
        }
    }

    /// <summary>A value as a header carries it: plain ASCII, or else its UTF-8 in Base64 between marks.</summary>
    public static string Encode(string value)
    {
        var plain = value.Length > 0 && value[0] != ' ' && value[^1] != ' ' && !value.StartsWith(EncodedStart, StringComparison.Ordinal);
        foreach (var c in value)
        {
            plain &= c is >= ' ' and <= '~';
        }

        return plain ? value : EncodedStart + Convert.ToBase64String(Encoding.UTF8.GetBytes(value)) + EncodedEnd;
    }

    private static string? Decode(string? value)
    {
        if (value is null || !value.StartsWith(EncodedStart, StringComparison.Ordinal) || !value.EndsWith(EncodedEnd, StringComparison.Ordinal)
            || value.Length < EncodedStart.Length + EncodedEnd.Length)
        {
            return value;
        }

        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(value[EncodedStart.Length..^EncodedEnd.Length]));
        }
        catch (FormatException fault)
        {
            throw new McpException(RpcErrors.HeaderMismatch, $"Header mismatch: {Name} is not valid Base64.", fault);
        }
    }

    private static void Compare(string header, string? said, string? meant)
    {
        if (said is null)
        {
            throw new McpException(RpcErrors.HeaderMismatch, $"Header mismatch: {header} is missing.");
        }

        if (!string.Equals(said, meant, StringComparison.Ordinal))
        {
            throw new McpException(RpcErrors.HeaderMismatch, $"Header mismatch: {header} is '{said}', the body says '{meant}'.");
        }
    }
}
