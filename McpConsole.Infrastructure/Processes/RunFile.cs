namespace McpConsole.Infrastructure.Processes;

/// <summary>
/// The live run of a server on disk, in <c>run.json</c>: a console that was killed leaves it, the next one finds the process by it. It
/// is written before the launch, without a pid, and again after: a console killed in between finds the process by its marks.
/// </summary>
/// <param name="BootId">A pid and start ticks name a process within one boot of the machine.</param>
/// <param name="Revision">Of the definition that it was launched from.</param>
/// <param name="HoldsStreams">Whether the console holds its standard streams: then it cannot be adopted.</param>
internal sealed record RunFile(
    Guid RunId,
    string BootId,
    int? Pid,
    long? StartTicks,
    DateTimeOffset StartedAt,
    int? Port,
    int Revision,
    string CommandLine,
    bool HoldsStreams);
