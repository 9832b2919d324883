namespace McpConsole.Mcp.Protocol;

/// <summary>Error codes of JSON-RPC 2.0 and of MCP (specification 2026-07-28, basic, «Error Codes»).</summary>
public static class RpcErrors
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;

    /// <summary>No such resource, up to revision 2025-11-25; later it is <see cref="InvalidParams"/>.</summary>
    public const int ResourceNotFound = -32002;

    /// <summary>HTTP headers that do not say what the body says.</summary>
    public const int HeaderMismatch = -32020;

    public const int MissingClientCapability = -32021;

    public const int UnsupportedVersion = -32022;
}
