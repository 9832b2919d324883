namespace McpConsole.Domain.Servers;

/// <summary>How a server speaks MCP.</summary>
public enum McpTransport
{
    /// <summary>Streamable HTTP, one URL, every protocol revision.</summary>
    Streamable,

    /// <summary>The deprecated HTTP+SSE of revision 2024-11-05.</summary>
    Sse,

    /// <summary>Newline-delimited JSON on the child's standard input and output; the console bridges it to Streamable HTTP.</summary>
    Stdio,
}
