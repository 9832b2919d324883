namespace McpConsole.Infrastructure.Logs;

/// <summary>A line in a block.</summary>
internal readonly record struct LineSpot(int Start, int Length, long Sequence);
