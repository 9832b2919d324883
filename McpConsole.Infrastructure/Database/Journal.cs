using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace McpConsole.Infrastructure.Database;

/// <summary>
/// A queue of entries in a file, one JSON object per line, so that accepted entries outlive the console even when it is killed. Emptied
/// whenever all its entries have been taken. After a kill, entries that were already written can come again: the writer knows them by key.
/// </summary>
/// <remarks>While the disk is full, the newest entries wait in memory, up to a limit; beyond it the oldest of these are lost and counted.</remarks>
internal sealed class Journal<T> : IDisposable
    where T : class
{
    private const int MemoryLimit = 10_000;
    private const int ReadSize = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly FileStream _stream;
    private readonly SafeFileHandle _file;
    private readonly Queue<byte[]> _memory = new();
    private long _length;
    private long _position;
    private long _count;

    public Journal(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        _file = _stream.SafeFileHandle;
        Recover();
    }

    /// <summary>Entries not taken yet.</summary>
    public long Count => Interlocked.Read(ref _count);

    public long Lost { get; private set; }

    /// <summary>Why entries cannot be written to the file; null when they can.</summary>
    public string? Fault { get; private set; }

    public void Append(T entry)
    {
        var line = (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(entry), (byte)'\n'];
        lock (_lock)
        {
            _count++;
            _memory.Enqueue(line);
            Spill();
            if (_memory.Count > MemoryLimit)
            {
                _memory.Dequeue();
                _count--;
                Lost++;
            }
        }
    }

    /// <summary>The oldest entries, which stay until they are confirmed with <see cref="Take"/>.</summary>
    public Batch<T> Peek(int limit)
    {
        lock (_lock)
        {
            Spill();
            return _position < _length ? PeekFile(limit) : PeekMemory(limit);
        }
    }

    public void Take(Batch<T> batch)
    {
        lock (_lock)
        {
            _count -= batch.Lines;
            // What was in memory when it was looked at can be in the file by now: the disk has room again.
            var inFile = Math.Min(batch.Bytes, _length - _position);
            _position += inFile;
            for (var rest = batch.Bytes - inFile; rest > 0 && _memory.TryDequeue(out var line); rest -= line.Length)
            {
            }

            if (inFile > 0 && _position == _length)
            {
                RandomAccess.SetLength(_file, 0);
                (_position, _length) = (0, 0);
            }
        }
    }

    public void Dispose() => _stream.Dispose();

    private void Spill()
    {
        try
        {
            while (_memory.TryPeek(out var line))
            {
                RandomAccess.Write(_file, line, _length);
                _length += line.Length;
                _memory.Dequeue();
            }

            Fault = null;
        }
        catch (IOException e)
        {
            // WHY: the disk is full or gone. The entries stay in memory and the next append or read tries again.
            Fault = e.Message;
        }
    }

    private Batch<T> PeekFile(int limit)
    {
        for (var size = ReadSize; ; size *= 2)
        {
            var buffer = new byte[Math.Min(size, _length - _position)];
            var read = RandomAccess.Read(_file, buffer, _position);
            var entries = new List<T>();
            int taken = 0, lines = 0;
            while (lines < limit && buffer.AsSpan(taken, read - taken).IndexOf((byte)'\n') is >= 0 and var end)
            {
                AddTo(entries, buffer.AsSpan(taken, end));
                taken += end + 1;
                lines++;
            }

            if (lines > 0 || read < size)
            {
                return new(entries, taken, lines);
            }
        }
    }

    private Batch<T> PeekMemory(int limit)
    {
        var entries = new List<T>();
        var lines = _memory.Take(limit).ToArray();
        foreach (var line in lines)
        {
            AddTo(entries, line);
        }

        return new(entries, lines.Sum(line => (long)line.Length), lines.Length);
    }

    private void AddTo(List<T> entries, ReadOnlySpan<byte> line)
    {
        try
        {
            entries.Add(JsonSerializer.Deserialize<T>(line)!);
        }
        catch (JsonException)
        {
            // WHY: a line torn by a power failure must not keep the others from being read.
            Lost++;
        }
    }

    /// <summary>Counts what an earlier console left, and cuts a last line that it did not finish.</summary>
    private void Recover()
    {
        var length = RandomAccess.GetLength(_file);
        var buffer = new byte[ReadSize];
        for (long at = 0; at < length;)
        {
            var read = RandomAccess.Read(_file, buffer, at);
            var lastEnd = buffer.AsSpan(0, read).LastIndexOf((byte)'\n');
            _count += buffer.AsSpan(0, read).Count((byte)'\n');
            _length = lastEnd < 0 ? _length : at + lastEnd + 1;
            at += read;
        }

        if (_length < length)
        {
            RandomAccess.SetLength(_file, _length);
        }
    }
}

/// <param name="Bytes">Its size.</param>
internal sealed record Batch<T>(IReadOnlyList<T> Entries, long Bytes, int Lines);
