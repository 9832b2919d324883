using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace McpConsole.Infrastructure.Logs;

/// <summary>
/// Lets the intake's thread sleep until a spool folder changes or someone calls. Where inotify is not to be had (its limits are per user)
/// the watch still wakes for calls, and the intake looks at the files more often.
/// </summary>
internal sealed class SpoolWatch : IDisposable
{
    private static readonly byte[] s_one = [1, 0, 0, 0, 0, 0, 0, 0];

    // One event has 16 bytes and a name of up to 256.
    private readonly byte[] _events = new byte[64 * 1024];
    private readonly SafeFileHandle _calls = NewEvent();
    private readonly SafeFileHandle _wakes = NewEvent();
    private readonly SafeFileHandle? _inotify;
    private readonly LogNative.PollFd[] _files;

    public SpoolWatch()
    {
        var inotify = LogNative.InotifyInit(LogNative.CloseOnExec | LogNative.NonBlocking);
        _inotify = inotify < 0 ? null : new SafeFileHandle(inotify, ownsHandle: true);
        _files =
        [
            new LogNative.PollFd { File = (int)_calls.DangerousGetHandle(), Events = LogNative.Readable },
            new LogNative.PollFd { File = (int)_wakes.DangerousGetHandle(), Events = LogNative.Readable },
            new LogNative.PollFd { File = inotify, Events = LogNative.Readable },
        ];
    }

    /// <summary>Starts to watch a folder.</summary>
    /// <returns>Its number, which <see cref="Wait"/> reports; -1 when it cannot be watched and must be looked at.</returns>
    public int Add(string folder) => _inotify is null ? -1 : LogNative.InotifyAddWatch(_inotify, folder, LogNative.Modified);

    public void Remove(int watch)
    {
        if (_inotify is not null && watch >= 0)
        {
            _ = LogNative.InotifyRemoveWatch(_inotify, watch);
        }
    }

    /// <summary>Ends the thread's sleep, its rest too; may be called from any thread.</summary>
    public void Call() => _ = LogNative.Write(_calls, s_one, sizeof(ulong));

    /// <summary>Ends the thread's sleep, but not its rest; may be called from any thread.</summary>
    public void Wake() => _ = LogNative.Write(_wakes, s_one, sizeof(ulong));

    /// <summary>Lets a stream of small writes grow to a batch.</summary>
    public void Rest(TimeSpan time) => _ = LogNative.Poll(_files.AsSpan(0, 1), 1, (int)time.TotalMilliseconds);

    /// <summary>Sleeps until a folder changed, someone called, or the time is over (null: no limit).</summary>
    /// <param name="changed">Is filled with the numbers of the folders.</param>
    /// <returns>False when changes may have been missed: look at all folders.</returns>
    public bool Wait(TimeSpan? limit, HashSet<int> changed)
    {
        changed.Clear();
        var milliseconds = limit is { } time ? (int)Math.Ceiling(time.TotalMilliseconds) : -1;
        _ = LogNative.Poll(_files, (nuint)_files.Length, milliseconds);
        _ = LogNative.Read(_calls, _events, sizeof(ulong));
        _ = LogNative.Read(_wakes, _events, sizeof(ulong));
        return _inotify is null || ReadEvents(_inotify, changed);
    }

    public void Dispose()
    {
        _calls.Dispose();
        _wakes.Dispose();
        _inotify?.Dispose();
    }

    private static SafeFileHandle NewEvent()
    {
        var file = LogNative.EventFd(0, LogNative.CloseOnExec | LogNative.NonBlocking);
        return file >= 0 ? new SafeFileHandle(file, ownsHandle: true) : throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    // struct inotify_event { int wd; uint32_t mask; uint32_t cookie; uint32_t len; char name[len]; }
    private bool ReadEvents(SafeFileHandle inotify, HashSet<int> changed)
    {
        var length = (int)LogNative.Read(inotify, _events, (nuint)_events.Length);
        var complete = true;
        for (var at = 0; at < length;)
        {
            var head = MemoryMarshal.Cast<byte, int>(_events.AsSpan(at, 16));
            complete &= ((uint)head[1] & LogNative.Overflow) == 0;
            changed.Add(head[0]);
            at += 16 + head[3];
        }

        return complete;
    }
}
