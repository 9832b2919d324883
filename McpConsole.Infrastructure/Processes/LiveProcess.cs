namespace McpConsole.Infrastructure.Processes;

/// <summary>A process that leads a session of its own: pid, process group and session have one number.</summary>
internal sealed record LiveProcess(Guid RunId, int Pid, long StartTicks, DateTimeOffset StartedAt, Task<ExitStatus> Exited);
