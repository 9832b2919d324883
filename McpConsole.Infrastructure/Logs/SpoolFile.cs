using McpConsole.Domain.Logs;
using Microsoft.Win32.SafeHandles;

namespace McpConsole.Infrastructure.Logs;

/// <summary>
/// One stream of a run, as the kernel appends it to a file. What is not taken is simply read again: nothing is carried over in memory.
/// </summary>
internal sealed class SpoolFile : IDisposable
{
    /// <summary>Kept readable behind what was taken, for the tail of standard error.</summary>
    public const int KeptTail = 64 * 1024;

    private const int PunchStep = 4 * 1024 * 1024;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly SafeFileHandle _file;
    private readonly LogStream _stream;
    private readonly TimeProvider _time;
    private long _taken;
    private long _punched;
    private long? _waitsSince;
    private bool _caughtUp;

    public SpoolFile(string path, LogStream stream, long offset, TimeProvider time)
    {
        // Writable, because punching holes asks for it.
        _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        (Path, _stream, Offset, _taken, _time) = (path, stream, offset, offset, time);
    }

    public string Path { get; }

    /// <summary>Up to here it is in the log.</summary>
    public long Offset { get; private set; }

    /// <summary>Up to here it is in the log or in the batch that is stored next.</summary>
    public long Taken => _taken;

    /// <summary>How long a line without an end may still wait; null when there is none.</summary>
    public TimeSpan? Patience => _waitsSince is { } since ? Max(TimeSpan.Zero, s_patience - _time.GetElapsedTime(since)) : null;

    /// <summary>Adds the lines that have come to the batch.</summary>
    /// <returns>Whether there is more to take at once.</returns>
    public bool Take(LineBatch batch, byte[] chunk, SecretMask mask, DateTimeOffset now, bool ended)
    {
        var read = RandomAccess.Read(_file, chunk, _taken);
        if (read == 0)
        {
            (_waitsSince, _caughtUp) = (null, true);
            return false;
        }

        batch.Stamp(TimeOf(now), _stream);
        var impatient = _waitsSince is not null && Patience == TimeSpan.Zero;
        var remainder = ended && read < chunk.Length ? Remainder.TakeAsLast : impatient ? Remainder.TakeAsContinued : Remainder.Leave;
        var used = LineCutter.Cut(chunk.AsSpan(0, read), remainder, mask, batch);
        _taken += used;
        if (used == read && read < chunk.Length)
        {
            (_waitsSince, _caughtUp) = (null, true);
            return false;
        }

        if (used > 0 || impatient || _waitsSince is null)
        {
            _waitsSince = _time.GetTimestamp();
        }

        return batch.IsFull || read == chunk.Length;
    }

    /// <summary>The batch is stored: its bytes may go. Freed in steps, as the child may print for months.</summary>
    public void Commit()
    {
        Offset = _taken;
        var free = (Offset - KeptTail) / PunchStep * PunchStep;
        if (free > _punched)
        {
            // A file system that cannot do it keeps the bytes until the run ends.
            _ = LogNative.Fallocate(_file, LogNative.PunchHole, _punched, free - _punched);
            _punched = free;
        }
    }

    /// <summary>The batch was not stored: take its bytes again.</summary>
    public void Rollback() => _taken = Offset;

    /// <summary>Reads the end of the file, stored or not.</summary>
    public ReadOnlySpan<byte> ReadEnd(byte[] buffer)
    {
        var length = RandomAccess.GetLength(_file);
        return buffer.AsSpan(0, RandomAccess.Read(_file, buffer, Math.Max(0, length - buffer.Length)));
    }

    public void Dispose() => _file.Dispose();

    // What was printed while no console was there was printed at the latest when the file was last written.
    private DateTimeOffset TimeOf(DateTimeOffset now)
    {
        if (_caughtUp)
        {
            return now;
        }

        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(_file), TimeSpan.Zero);
        return written < now ? written : now;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
