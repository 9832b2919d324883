using System.Collections.Concurrent;

namespace McpConsole.Infrastructure.Logs;

/// <summary>
/// The console's own lines on their way to the intake's thread. Bounded by bytes: when the disk fails for long, new notes are left out and
/// counted, so that nobody who writes one ever waits.
/// </summary>
internal sealed class NoteQueue
{
    private const long Limit = 16 * 1024 * 1024;

    private readonly ConcurrentQueue<Note> _notes = new();
    private long _bytes;
    private int _leftOut;
    private int _announced;

    /// <returns>Whether the intake must be told: false while it has not looked since the last time.</returns>
    public bool Add(Note note)
    {
        if (Interlocked.Add(ref _bytes, note.Text.Length) > Limit)
        {
            LeaveOut(note);
            return false;
        }

        _notes.Enqueue(note);
        return Interlocked.Exchange(ref _announced, 1) == 0;
    }

    public IEnumerable<Note> TakeAll()
    {
        Interlocked.Exchange(ref _announced, 0);
        while (_notes.TryDequeue(out var note))
        {
            yield return note;
        }
    }

    /// <summary>Makes room: bytes of notes that are stored, or dropped.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _bytes, -bytes);

    public void LeaveOut(Note note)
    {
        Release(note.Text.Length);
        Interlocked.Increment(ref _leftOut);
    }

    /// <summary>How many were left out since this was last asked.</summary>
    public int TakeLeftOut() => Interlocked.Exchange(ref _leftOut, 0);
}
