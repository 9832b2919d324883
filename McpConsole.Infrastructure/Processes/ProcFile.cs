using System.Buffers;
using System.Buffers.Text;

namespace McpConsole.Infrastructure.Processes;

/// <summary>Reads files under <c>/proc/PID</c> without a string or a handle object each: sweeps and samples read thousands.</summary>
internal static unsafe class ProcFile
{
    /// <summary>Up to the buffer's length; -1 when the process is gone or may not be looked at.</summary>
    public static int Read(int pid, ReadOnlySpan<byte> name, Span<byte> buffer)
    {
        var fd = Open(pid, name);
        if (fd < 0)
        {
            return -1;
        }

        var length = ReadAll(fd, buffer);
        _ = Libc.Close(fd);
        return length;
    }

    /// <summary>The whole file, however long, in a rented buffer that <paramref name="use"/> sees.</summary>
    public static T? ReadWhole<T>(int pid, ReadOnlySpan<byte> name, Func<ReadOnlySpan<byte>, T> use)
    {
        for (var size = 32 * 1024; ; size *= 4)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(size);
            try
            {
                var length = Read(pid, name, buffer);
                if (length < buffer.Length)
                {
                    return length <= 0 ? default : use(buffer.AsSpan(0, length));
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private static int Open(int pid, ReadOnlySpan<byte> name)
    {
        Span<byte> path = stackalloc byte[64];
        "/proc/"u8.CopyTo(path);
        _ = Utf8Formatter.TryFormat(pid, path[6..], out var digits);
        path[6 + digits] = (byte)'/';
        name.CopyTo(path[(7 + digits)..]);
        path[7 + digits + name.Length] = 0;
        fixed (byte* p = path)
        {
            return Libc.Open(p, Libc.OReadOnly | Libc.OCloseOnExec, 0);
        }
    }

    private static int ReadAll(int fd, Span<byte> buffer)
    {
        var total = 0;
        fixed (byte* p = buffer)
        {
            while (total < buffer.Length)
            {
                var count = (int)Libc.Read(fd, p + total, buffer.Length - total);
                if (count < 0)
                {
                    return -1;
                }

                if (count == 0)
                {
                    break;
                }

                total += count;
            }
        }

        return total;
    }
}
