using System.Net.Sockets;
using McpConsole.Domain.Processes;

namespace McpConsole.Infrastructure.Processes;

/// <summary>A child on two socket pairs.</summary>
internal sealed class StdioChild(LiveProcess process, int input, int output, RunStopper stopper, TimeSpan grace, TimeProvider time) : IStdioChild
{
    // The protocol's order: end of input first, and a moment to leave by itself.
    private static readonly TimeSpan s_leave = TimeSpan.FromSeconds(1);
    private readonly NetworkStream _input = Open(input, FileAccess.Write);
    private readonly NetworkStream _output = Open(output, FileAccess.Read);
    private readonly Lock _lock = new();
    private Task<ExitStatus>? _stopping;

    public LiveProcess Process => process;

    public int Pid => process.Pid;

    public Stream Input => _input;

    public Stream Output => _output;

    public Task Exited => process.Exited;

    /// <summary>Closes its input, then stops it and all that it started. Any number of callers share one stop.</summary>
    public Task<ExitStatus> StopAsync()
    {
        lock (_lock)
        {
            return _stopping ??= StopOnceAsync();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task<ExitStatus> StopOnceAsync()
    {
        await _input.DisposeAsync();
        try
        {
            await process.Exited.WaitAsync(s_leave < grace ? s_leave : grace, time);
        }
        catch (TimeoutException)
        {
            // It is asked by signal now.
        }

        var status = await stopper.StopAsync(process, grace);
        await _output.DisposeAsync();
        return status;
    }

    private static NetworkStream Open(int fd, FileAccess access) =>
        new(new Socket(new SafeSocketHandle(fd, ownsHandle: true)), access, ownsSocket: true);
}
