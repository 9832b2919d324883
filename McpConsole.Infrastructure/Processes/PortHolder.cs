using System.Globalization;

namespace McpConsole.Infrastructure.Processes;

/// <summary>Names the program that listens on a port, from <c>/proc/net/tcp</c> and the descriptors of each process.</summary>
internal static class PortHolder
{
    private const string Unknown = "another program";

    public static string Describe(int port)
    {
        var sockets = new[] { "/proc/net/tcp", "/proc/net/tcp6" }
            .Where(File.Exists)
            .SelectMany(file => File.ReadLines(file).Skip(1))
            .Select(line => ListenerOn(line, port))
            .OfType<string>()
            .Select(inode => $"socket:[{inode}]")
            .ToHashSet(StringComparer.Ordinal);

        // Of several holders the oldest: a child that is just being started has its parent's descriptors for a moment.
        var holders = sockets.Count == 0 ? [] : ProcessTable.Pids.Where(pid => Holds(pid, sockets)).Select(pid => ProcessStat.Read(pid)).OfType<ProcessStat>().ToList();
        return holders.Count == 0 ? Unknown : Describe(holders.MinBy(holder => holder.StartTicks));
    }

    private static string Describe(ProcessStat holder) => string.Create(CultureInfo.InvariantCulture, $"{NameOf(holder.Pid)} (pid {holder.Pid})");

    // Columns: slot, local address, remote address, state (0A is listening), queues, timer, retransmits, user, timeout, inode.
    private static string? ListenerOn(string line, int port)
    {
        var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return columns.Length > 9 && columns[3] == "0A" && columns[1].EndsWith(string.Create(CultureInfo.InvariantCulture, $":{port:X4}"), StringComparison.Ordinal)
            ? columns[9]
            : null;
    }

    private static bool Holds(int pid, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{pid}/fd").Any(fd => new FileInfo(fd).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or belongs to another user: then its name stays unknown.
            return false;
        }
    }

    private static string NameOf(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/comm").Trim();
        }
        catch (IOException)
        {
            return Unknown;
        }
    }
}
