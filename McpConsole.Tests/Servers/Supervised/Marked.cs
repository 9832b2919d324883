using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Processes;

namespace McpConsole.Tests.Servers.Supervised;

/// <summary>What lives on this machine with the mark of a server.</summary>
internal static class Marked
{
    public static IReadOnlyList<int> ProcessesOf(ServerId server) =>
        [.. ProcessTable.Pids.Where(pid => ProcessTable.ReadMark(pid)?.Server == server)];

    /// <summary>Leaders of a session: between fork and exec a child still shows its parent's environment, and is none.</summary>
    public static IReadOnlyList<int> CopiesOf(ServerId server) =>
        [.. ProcessesOf(server).Where(pid => ProcessStat.Read(pid) is { IsZombie: false } stat && stat.Session == pid)];

    public static async Task<ServerSnapshot> WhenAsync(this SupervisedConsole console, ServerId id, Func<ServerSnapshot, bool> condition)
    {
        await Eventually.BeTrueAsync(() => condition(console.Now(id)));
        return console.Now(id);
    }
}
