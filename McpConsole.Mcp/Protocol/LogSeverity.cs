namespace McpConsole.Mcp.Protocol;

/// <summary>The levels of <c>notifications/message</c> (RFC 5424), from least to most severe; the wire has them in lower case.</summary>
public enum LogSeverity
{
    Debug,
    Info,
    Notice,
    Warning,
    Error,
    Critical,
    Alert,
    Emergency,
}
