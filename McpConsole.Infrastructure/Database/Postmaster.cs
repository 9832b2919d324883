using System.Globalization;
using McpConsole.Infrastructure.Processes;

namespace McpConsole.Infrastructure.Database;

/// <summary>A running PostgreSQL server process, ours or one that an earlier console left behind.</summary>
internal sealed record Postmaster(int Pid)
{
    private const string PidFile = "postmaster.pid";

    /// <summary>
    /// The server that runs on the cluster now, if any. A pid alone can have been given to another process since, so the process must
    /// work in a folder with the very same pid file: PostgreSQL does.
    /// </summary>
    public static Postmaster? Find(string folder) =>
        Read(folder) is { } lines && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid)
            && Read($"/proc/{pid}/cwd") is { } theirs && theirs.SequenceEqual(lines, StringComparer.Ordinal)
            ? new(pid)
            : null;

    /// <summary>Whether it accepts connections, as it says itself.</summary>
    // Line 1 is the pid, line 8 the state, padded: «starting», «ready   ».
    public bool IsReady(string folder) =>
        Read(folder) is [var pid, _, _, _, _, _, _, var state, ..]
        && pid == Pid.ToString(CultureInfo.InvariantCulture)
        && state.StartsWith("ready", StringComparison.Ordinal);

    public bool IsAlive => Exists(Pid);

    /// <summary>
    /// Removes a pid file whose pid belongs to another program by now (a container starts with low pids again), which PostgreSQL itself
    /// would take for a running server. With a dead pid the file stays: PostgreSQL uses it to find what a crashed server left.
    /// </summary>
    public static void ForgetStranger(string folder)
    {
        if (Read(folder) is { } lines && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid)
            && Exists(pid) && Find(folder) is null)
        {
            File.Delete(Path.Combine(folder, PidFile));
        }
    }

    private static bool Exists(int pid) => Libc.Kill(pid, 0) == 0;

    private static string[]? Read(string folder)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(folder, PidFile)) is { Length: > 0 } lines ? lines : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
