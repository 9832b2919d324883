namespace McpConsole.Domain.Servers;

/// <summary>Limits of one server's process group; null means none.</summary>
/// <param name="MemoryBytes">Resident memory of the group; above it the server is restarted, and the run says so.</param>
/// <param name="OpenFiles">The limit on file descriptors of each process (RLIMIT_NOFILE).</param>
/// <param name="Nice">CPU priority from -20 (first) to 19 (last).</param>
public sealed record ResourceLimits(long? MemoryBytes = null, int? OpenFiles = null, int? Nice = null)
{
    public static ResourceLimits None { get; } = new();
}
