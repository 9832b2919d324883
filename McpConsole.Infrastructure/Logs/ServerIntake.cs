using System.Collections.Immutable;
using McpConsole.Domain.Servers;

namespace McpConsole.Infrastructure.Logs;

/// <summary>
/// What comes in for one server: its runs' spools and the console's own lines. Used by the intake's thread alone. A turn takes a bounded
/// amount, so that a server that floods its output does not keep the others waiting.
/// </summary>
internal sealed class ServerIntake : IDisposable
{
    private readonly TimeProvider _time;
    private readonly List<SpoolRun> _runs = [];
    private readonly Queue<Note> _notes = [];

    // Runs that an earlier console read and nobody has attached yet: their offsets stay in the checkpoint.
    private ImmutableArray<SpoolOffsets> _unclaimed;
    private ImmutableArray<Secret> _secrets = [];
    private SecretMask _mask = SecretMask.None;
    private int _turns;

    public ServerIntake(ServerLog log, string spoolFolder, TimeProvider time)
    {
        (Log, _time) = (log, time);
        _unclaimed = log.RecoveredSpools.RemoveAll(spool => !SpoolRun.Exists(spoolFolder, spool.RunId));
    }

    public ServerLog Log { get; }

    /// <summary>The number under which the spool folder is watched; -1 where it is not.</summary>
    public int Watch { get; set; } = -1;

    /// <summary>Why the last turn could not store; null when it could.</summary>
    public string? Fault { get; set; }

    public bool HasRuns => _runs.Count > 0;

    /// <summary>Of the notes that are not stored yet.</summary>
    public long NoteBytes => _notes.Sum(note => (long)note.Text.Length);

    public SpoolRun? Find(Guid runId) => _runs.Find(run => run.Id == runId);

    public void Attach(SpoolRun run, ImmutableArray<Secret> secrets)
    {
        if (Find(run.Id) is not null)
        {
            run.Dispose();
            return;
        }

        _runs.Add(run);
        _unclaimed = _unclaimed.RemoveAll(spool => spool.RunId == run.Id);
        _secrets = [.. _secrets.Union(secrets)];
        _mask = SecretMask.Of(_secrets);
    }

    public void Add(Note note) => _notes.Enqueue(note);

    /// <summary>Takes what has come, up to one batch, and stores it.</summary>
    /// <exception cref="IOException">It could not be stored; the next turn takes it again.</exception>
    public IntakeTurn Turn(LineBatch batch, byte[] chunk)
    {
        batch.Clear(Log.LastTicks);
        var (more, rotated) = (false, false);
        try
        {
            TakeNotes(batch);
            more = TakeSpools(batch, chunk);
            rotated = batch.Lines > 0 && Log.Append(batch, [.. _unclaimed, .. _runs.Select(run => run.Taken)]);
            _runs.ForEach(run => run.Commit());
        }
        catch
        {
            // Whatever it was: what was taken is not stored.
            Rollback();
            throw;
        }

        var noteBytes = RemoveStoredNotes();
        RemoveDrainedRuns(more);
        if (_runs.Count == 0 && _notes.Count == 0)
        {
            Log.Dispose();
        }

        return new IntakeTurn(more || _notes.Count > 0, rotated, noteBytes);
    }

    public void Dispose()
    {
        foreach (var run in _runs)
        {
            run.ReleaseWaiters();
            run.Dispose();
        }

        Log.Dispose();
    }

    private void TakeNotes(LineBatch batch)
    {
        foreach (var note in _notes)
        {
            batch.Stamp(note.Time, note.Stream);
            note.Taken = note.Stored + LineCutter.Cut(note.Text.AsSpan(note.Stored), Remainder.TakeAsLast, _mask, batch);
            if (batch.IsFull)
            {
                return;
            }
        }
    }

    private bool TakeSpools(LineBatch batch, byte[] chunk)
    {
        var now = _time.GetUtcNow();
        var more = false;
        _turns++;
        for (var i = 0; i < 2 * _runs.Count; i++)
        {
            if (batch.IsFull)
            {
                return true;
            }

            // Another stream comes first in each turn, or one that fills every batch would be the only one read.
            var place = (i + _turns) % (2 * _runs.Count);
            var run = _runs[place / 2];
            var file = place % 2 == 0 ? run.Stdout : run.Stderr;
            more |= file.Take(batch, chunk, run.Mask, now, run.HasEnded);
        }

        return more;
    }

    private void Rollback()
    {
        foreach (var run in _runs)
        {
            // Nobody waits for a disk that may be full for days.
            run.Rollback();
            run.ReleaseWaiters();
        }

        foreach (var note in _notes)
        {
            note.Taken = note.Stored;
        }

        // The files are opened anew, as they may be others by then.
        Log.Dispose();
    }

    private int RemoveStoredNotes()
    {
        var bytes = 0;
        while (_notes.TryPeek(out var note) && note.Taken == note.Text.Length)
        {
            bytes += _notes.Dequeue().Text.Length;
        }

        if (_notes.TryPeek(out var begun))
        {
            begun.Stored = begun.Taken;
        }

        return bytes;
    }

    private void RemoveDrainedRuns(bool more)
    {
        if (more)
        {
            return;
        }

        foreach (var run in _runs.FindAll(run => run.HasEnded))
        {
            _runs.Remove(run);
            try
            {
                run.Delete();
            }
            finally
            {
                run.ReleaseWaiters();
            }
        }
    }
}
