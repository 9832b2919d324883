using McpConsole.Domain.Servers;

namespace McpConsole.Domain.Processes;

/// <summary>A run in the history; <see cref="Exit"/> is null while it lives.</summary>
public sealed record RunRecord(ServerId ServerId, RunInfo Run, string CommandLine, ExitInfo? Exit);
