namespace McpConsole.Mcp.Protocol;

/// <summary>The names of the log levels on the wire.</summary>
internal static class LogLevels
{
    private static readonly string[] s_names = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"];

    public static string Name(LogSeverity level) => s_names[(int)level];

    /// <exception cref="McpException">There is no such level.</exception>
    public static LogSeverity Parse(string? name) => Array.IndexOf(s_names, name) is var index and >= 0
        ? (LogSeverity)index
        : throw new McpException(RpcErrors.InvalidParams, $"Unknown log level: {name}");
}
