using System.Collections.Concurrent;
using McpConsole.Domain.Servers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpConsole.Infrastructure.Logs;

/// <summary>
/// The one thread that takes in the output of all servers. It sleeps until a spool changes, gives each server that has something a turn,
/// and goes round until nothing is left. What others want of it they post.
/// </summary>
internal sealed partial class IntakeLoop(
    ServerLogs logs, DataFolder data, LogRetention retention, IOptions<LogOptions> options, TimeProvider time, ILogger<IntakeLoop> logger,
    IHostApplicationLifetime? lifetime = null)
    : IHostedService, IDisposable
{
    private const int ChunkSize = 256 * 1024;

    /// <summary>Batches a stream of single lines: 200 writes a second at most, and a line is seen after 5 ms.</summary>
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(5);

    /// <summary>All spools are looked at this often: for lines without an end, for faults that may be over, and should a wake-up be missed.</summary>
    private static readonly TimeSpan s_sweep = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan s_sweepUnwatched = TimeSpan.FromMilliseconds(100);

    private readonly SpoolWatch _watch = new();
    private readonly ConcurrentQueue<Action> _calls = new();
    private readonly NoteQueue _notes = new();
    private readonly Dictionary<ServerId, ServerIntake> _servers = [];
    private readonly Dictionary<int, ServerIntake> _watched = [];
    private readonly HashSet<ServerIntake> _ready = [];
    private readonly HashSet<ServerId> _removed = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LineBatch _batch = new(options.Value.SegmentBytes);
    private readonly byte[] _chunk = GC.AllocateUninitializedArray<byte>(ChunkSize);
    private volatile bool _stops;
    private volatile string? _fault;
    private Thread? _thread;

    public string? Fault => _fault;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "log intake" };
        _thread.Start();
        return Task.CompletedTask;
    }

    /// <summary>Takes in what is there, then ends the thread; what is printed later waits in the spools.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_thread is not null)
        {
            Post(() => _stops = true);
            await _ended.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Runs something on the intake's thread, before its next turn.</summary>
    public void Post(Action call)
    {
        _calls.Enqueue(call);
        _watch.Call();
    }

    /// <summary>Never waits.</summary>
    public void Post(Note note)
    {
        if (_notes.Add(note))
        {
            _watch.Wake();
        }
    }

    /// <summary>On the intake's thread: the intake of a server, which gets a turn.</summary>
    public ServerIntake Ready(ServerId server)
    {
        if (!_servers.TryGetValue(server, out var intake))
        {
            intake = new ServerIntake(logs.Get(server), LogIntake.SpoolFolder(data, server), time);
            _servers.Add(server, intake);
        }

        _ready.Add(intake);
        return intake;
    }

    /// <summary>On the intake's thread: wakes for this server from now on.</summary>
    public void Watch(ServerIntake intake, string folder)
    {
        intake.Watch = _watch.Add(folder);
        if (intake.Watch >= 0)
        {
            _watched[intake.Watch] = intake;
        }
    }

    /// <summary>On the intake's thread: takes turns for a server until it has caught up, or has taken much.</summary>
    public void CatchUp(ServerIntake intake)
    {
        for (var turns = 0; turns < 64 && Turn(intake); turns++)
        {
        }
    }

    /// <summary>On the intake's thread: forgets a server and deletes what is kept of it.</summary>
    public void Remove(ServerId server)
    {
        _removed.Add(server);
        if (_servers.Remove(server, out var intake))
        {
            _ready.Remove(intake);
            _watched.Remove(intake.Watch);
            _watch.Remove(intake.Watch);
            _notes.Release(intake.NoteBytes);
            intake.Dispose();
            SetFault(intake, null);
        }

        logs.Delete(server);
        var spool = LogIntake.SpoolFolder(data, server);
        if (Directory.Exists(spool))
        {
            Directory.Delete(spool, recursive: true);
        }
    }

    public void Dispose() => _watch.Dispose();

    private void Run()
    {
        try
        {
            var changed = new HashSet<int>();
            var swept = time.GetTimestamp();
            while (!_stops)
            {
                var sweep = _servers.Values.Any(intake => intake.HasRuns && intake.Watch < 0) ? s_sweepUnwatched : s_sweep;
                var complete = _watch.Wait(TimeToSleep(sweep - time.GetElapsedTime(swept)), changed);
                if (!complete || time.GetElapsedTime(swept) >= sweep)
                {
                    swept = time.GetTimestamp();
                    _ready.UnionWith(_servers.Values);
                }

                Round(changed);
            }

            _ready.UnionWith(_servers.Values);
            Round(changed);
        }
        catch (Exception fault)
        {
            // A bug: without an intake no output is seen, so the console must not go on as if there was one.
            Log.Ended(logger, fault);
            lifetime?.StopApplication();
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    private TimeSpan? TimeToSleep(TimeSpan untilSweep) =>
        _ready.Count > 0 || untilSweep < TimeSpan.Zero ? TimeSpan.Zero
        : _servers.Values.Any(intake => intake.HasRuns || intake.Fault is not null) ? untilSweep
        : null;

    private void Round(HashSet<int> changed)
    {
        foreach (var number in changed)
        {
            // One that cannot store is tried again by the sweep, not with every line that is printed.
            if (_watched.TryGetValue(number, out var intake) && intake.Fault is null)
            {
                _ready.Add(intake);
            }
        }

        while (_calls.TryDequeue(out var call))
        {
            call();
        }

        TakeNotes();
        var stored = false;
        foreach (var intake in _ready.ToArray())
        {
            stored = true;
            if (!Turn(intake))
            {
                _ready.Remove(intake);
            }
        }

        if (stored && _ready.Count == 0)
        {
            _watch.Rest(s_rest);
        }
    }

    private void TakeNotes()
    {
        foreach (var note in _notes.TakeAll())
        {
            if (_removed.Contains(note.Server))
            {
                _notes.Release(note.Text.Length);
                continue;
            }

            try
            {
                Ready(note.Server).Add(note);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // The log cannot even be opened, and a note, unlike output, has no spool to wait in.
                _notes.LeaveOut(note);
            }
        }

        if (_notes.TakeLeftOut() is var count and > 0)
        {
            Log.NotesLeftOut(logger, count);
        }
    }

    private bool Turn(ServerIntake intake)
    {
        try
        {
            var turn = intake.Turn(_batch, _chunk);
            _notes.Release(turn.NoteBytes);
            if (turn.Rotated)
            {
                retention.Tidy(intake.Log);
            }

            if (intake.Fault is not null)
            {
                Log.Recovered(logger, intake.Log.Folder);
                SetFault(intake, null);
            }

            return turn.More;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (intake.Fault is null)
            {
                Log.CannotStore(logger, intake.Log.Folder, fault);
            }

            SetFault(intake, $"The log in {intake.Log.Folder} cannot be written: {fault.Message} Output waits in its spool and is stored when this is mended.");
            return false;
        }
    }

    private void SetFault(ServerIntake intake, string? fault)
    {
        intake.Fault = fault;
        _fault = _servers.Values.Select(each => each.Fault).FirstOrDefault(each => each is not null);
    }
}
