using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;

namespace McpConsole.Web.Logs;

/// <summary>A row of the log view: a line, or the mark of lines that were skipped. The line is the store's own, not a copy.</summary>
/// <param name="Line">Null for a mark.</param>
/// <param name="Skipped">How many lines a mark stands for.</param>
public sealed record LogRow(ServerId Server, LogLine? Line, long Skipped = 0);
