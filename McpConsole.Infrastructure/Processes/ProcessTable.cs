using System.Buffers.Text;
using System.IO.Enumeration;
using McpConsole.Domain.Servers;

namespace McpConsole.Infrastructure.Processes;

/// <summary>The processes of this machine.</summary>
internal static class ProcessTable
{
    // Entries of /proc lack the attributes that the default filter asks for one by one.
    private static readonly EnumerationOptions s_options = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

    /// <summary>Names this boot: pids and start ticks mean nothing in the next.</summary>
    public static string BootId { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    public static IEnumerable<int> Pids { get; } = new FileSystemEnumerable<int>("/proc", Number, s_options)
    {
        ShouldIncludePredicate = (ref entry) => char.IsAsciiDigit(entry.FileName[0]),
    };

    public static int CountOpenFiles(int pid)
    {
        try
        {
            return new FileSystemEnumerable<byte>($"/proc/{pid}/fd", (ref _) => 0, s_options).Count();
        }
        catch (IOException)
        {
            // It ended between being listed and being counted.
            return 0;
        }
        catch (UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Whether the very process lives that had this pid and start.</summary>
    public static bool IsAlive(int pid, long startTicks) => ProcessStat.Read(pid) is { IsZombie: false } stat && stat.StartTicks == startTicks;

    /// <summary>Whose run a process belongs to, by the marks in its environment; null for everything else, zombies included.</summary>
    public static RunMark? ReadMark(int pid) => ProcFile.ReadWhole(pid, "environ"u8, static environment =>
        Find(environment, "MCPCONSOLE_RUN_ID="u8) is { } run && Find(environment, "MCPCONSOLE_SERVER_ID="u8) is { } server
            ? new RunMark(new ServerId(server), run)
            : (RunMark?)null);

    private static Guid? Find(ReadOnlySpan<byte> environment, ReadOnlySpan<byte> name)
    {
        const int Digits = 32;
        for (var at = 0; environment[at..].IndexOf(name) is >= 0 and var offset;)
        {
            at += offset;
            var isWhole = at == 0 || environment[at - 1] == 0;
            at += name.Length;
            if (isWhole && environment.Length >= at + Digits && Utf8Parser.TryParse(environment.Slice(at, Digits), out Guid value, out _, 'N'))
            {
                return value;
            }
        }

        return null;
    }

    private static int Number(ref FileSystemEntry entry) => int.Parse(entry.FileName, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The marks that a run's processes carry in their environment.</summary>
internal readonly record struct RunMark(ServerId Server, Guid Run);
