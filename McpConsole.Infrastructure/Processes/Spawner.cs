using System.Collections.Concurrent;

namespace McpConsole.Infrastructure.Processes;

/// <summary>
/// One thread that lives as long as the console and does all spawning. The kernel ends a child that asked for it (PR_SET_PDEATHSIG)
/// when the <em>thread</em> that made it ends: a pool thread may end at any time.
/// </summary>
internal sealed class Spawner : IDisposable
{
    private readonly BlockingCollection<(SpawnRequest Request, TaskCompletionSource<(int Error, int Pid)> Done)> _requests = [];
    private readonly Thread _thread;

    public Spawner()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "spawner" };
        _thread.Start();
    }

    /// <summary>The pid, or an error number.</summary>
    public Task<(int Error, int Pid)> SpawnAsync(SpawnRequest request)
    {
        var done = new TaskCompletionSource<(int Error, int Pid)>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests.Add((request, done));
        return done.Task;
    }

    public void Dispose()
    {
        _requests.CompleteAdding();
        _thread.Join();
        _requests.Dispose();
    }

    private void Run()
    {
        foreach (var (request, done) in _requests.GetConsumingEnumerable())
        {
            var error = PosixSpawn.Start(request, out var pid);
            done.SetResult((error, pid));
        }
    }
}
