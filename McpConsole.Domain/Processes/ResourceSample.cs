namespace McpConsole.Domain.Processes;

/// <summary>What a whole process group uses.</summary>
/// <param name="CpuPercent">Of one core; two busy cores are 200.</param>
public sealed record ResourceSample(DateTimeOffset Time, double CpuPercent, long RssBytes, int Threads, int OpenFiles, int Processes);
