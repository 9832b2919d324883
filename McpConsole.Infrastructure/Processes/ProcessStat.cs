using System.Buffers.Text;

namespace McpConsole.Infrastructure.Processes;

/// <summary>What <c>/proc/PID/stat</c> says of a process (proc_pid_stat(5)).</summary>
/// <param name="CpuTicks">User and system time, in ticks of the clock.</param>
/// <param name="StartTicks">Since boot; with the pid it names a process for good.</param>
internal readonly record struct ProcessStat(int Pid, char State, int Parent, int Group, int Session, long CpuTicks, int Threads, long StartTicks, long RssPages)
{
    /// <summary>Ended, and only waiting for its parent to ask how.</summary>
    public bool IsZombie => State is 'Z' or 'X';

    /// <summary>Null when there is no such process.</summary>
    public static ProcessStat? Read(int pid)
    {
        Span<byte> buffer = stackalloc byte[1024];
        var length = ProcFile.Read(pid, "stat"u8, buffer);
        return length <= 0 ? null : Parse(pid, buffer[..length]);
    }

    /// <summary>The program's name stands between parentheses and may hold any byte, parentheses too: the fields begin after the last one.</summary>
    internal static ProcessStat? Parse(int pid, ReadOnlySpan<byte> text)
    {
        Span<long> fields = stackalloc long[22];
        var rest = text[(text.LastIndexOf((byte)')') + 1)..].TrimStart((byte)' ');
        if (rest.IsEmpty)
        {
            return null;
        }

        var state = (char)rest[0];
        rest = rest[1..];

        // fields[0] is field 4 of the manual page, the parent.
        for (var i = 0; i < fields.Length; i++)
        {
            rest = rest.TrimStart((byte)' ');
            if (!Utf8Parser.TryParse(rest, out fields[i], out var used))
            {
                // Field 23 and beyond can exceed a signed number (vsize); what is needed is never among those.
                used = Math.Max(0, rest.IndexOf((byte)' '));
            }

            rest = rest[used..];
        }

        return new ProcessStat(pid, state, (int)fields[0], (int)fields[1], (int)fields[2], fields[10] + fields[11], (int)fields[16], fields[18], fields[20]);
    }
}
