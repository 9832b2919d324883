using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace McpConsole.Infrastructure.Processes;

/// <summary>
/// Tells when processes end: one thread waits on a pidfd each, so a thousand servers cost what one does, and an adopted process, which
/// is no child, is noticed in the same instant as a child.
/// </summary>
internal sealed unsafe class ExitWatcher : IDisposable
{
    private const int PidfdType = 3;
    private const int Exited = 4;
    private const int NoHang = 1;
    private const int AddWatch = 1;
    private const int BatchSize = 64;

    // The kernel packs epoll_event on x86-64 alone.
    private static readonly int s_eventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<ExitStatus>> _watches = new();
    private readonly TimeProvider _time;
    private readonly int _epoll = Checked(Libc.EpollCreate(Libc.OCloseOnExec));
    private readonly int _wake = Checked(Libc.EventFd(0, Libc.OCloseOnExec));
    private readonly Thread _thread;

    public ExitWatcher(TimeProvider time)
    {
        _time = time;
        Add(_wake, oneShot: false);
        _thread = new Thread(Run) { IsBackground = true, Name = "exit-watcher" };
        _thread.Start();
    }

    /// <summary>Completes when the process ends; at once when there is none. Ask right after launching, or after checking its identity.</summary>
    public Task<ExitStatus> WatchAsync(int pid)
    {
        var pidfd = Libc.PidfdOpen(pid);
        if (pidfd < 0)
        {
            return Task.FromResult(new ExitStatus(null, null, _time.GetUtcNow()));
        }

        // Continuations run elsewhere: this thread must be back at its wait before the next exit.
        var completion = new TaskCompletionSource<ExitStatus>(TaskCreationOptions.RunContinuationsAsynchronously);
        _watches[pidfd] = completion;
        Add(pidfd, oneShot: true);
        return completion.Task;
    }

    public void Dispose()
    {
        ulong one = 1;
        _ = Libc.Write(_wake, &one, sizeof(ulong));
        _thread.Join();
        foreach (var (pidfd, _) in _watches)
        {
            _ = Libc.Close(pidfd);
        }

        _ = Libc.Close(_epoll);
        _ = Libc.Close(_wake);
    }

    private static int Checked(int result) => result < 0 ? throw new Win32Exception(Marshal.GetLastPInvokeError()) : result;

    private void Add(int fd, bool oneShot)
    {
        var data = stackalloc byte[16];
        var value = new Span<byte>(data, s_eventSize);
        value.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(value, Libc.EpollIn | (oneShot ? Libc.EpollOneShot : 0));
        BinaryPrimitives.WriteInt32LittleEndian(value[(s_eventSize - 8)..], fd);
        Checked(Libc.EpollControl(_epoll, AddWatch, fd, data));
    }

    private void Run()
    {
        var buffer = stackalloc byte[BatchSize * 16];
        while (true)
        {
            var count = Libc.EpollWait(_epoll, buffer, BatchSize, -1);
            for (var i = 0; i < count; i++)
            {
                var fd = BinaryPrimitives.ReadInt32LittleEndian(new ReadOnlySpan<byte>(buffer + (i * s_eventSize) + s_eventSize - 8, 4));
                if (fd == _wake)
                {
                    return;
                }

                if (_watches.TryRemove(fd, out var completion))
                {
                    completion.SetResult(Reap(fd));
                    _ = Libc.Close(fd);
                }
            }
        }
    }

    // siginfo_t: si_code at 8, si_pid at 16, si_status at 24. ECHILD means no child of ours, or one that the runtime reaped (it does
    // as process 1): then nobody can say how it ended.
    private ExitStatus Reap(int pidfd)
    {
        const int CodeExited = 1;
        var at = _time.GetUtcNow();
        var info = stackalloc byte[128];
        new Span<byte>(info, 128).Clear();
        if (Libc.WaitId(PidfdType, pidfd, info, Exited | NoHang) < 0 || *(int*)(info + 16) == 0)
        {
            return new ExitStatus(null, null, at);
        }

        var status = *(int*)(info + 24);
        return *(int*)(info + 8) == CodeExited ? new ExitStatus(status, null, at) : new ExitStatus(null, status, at);
    }
}
