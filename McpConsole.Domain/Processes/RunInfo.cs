namespace McpConsole.Domain.Processes;

/// <summary>One life of a server's process.</summary>
/// <param name="RunId">Also in the process's environment as MCPCONSOLE_RUN_ID.</param>
/// <param name="StartTicks">Field 22 of /proc/PID/stat: with the pid it names a process for good, as a pid alone does not.</param>
/// <param name="Port">The TCP port it was given; null where it has none.</param>
/// <param name="Adopted">Whether an earlier console started it.</param>
public sealed record RunInfo(Guid RunId, int Pid, long StartTicks, DateTimeOffset StartedAt, int? Port, bool Adopted = false);
