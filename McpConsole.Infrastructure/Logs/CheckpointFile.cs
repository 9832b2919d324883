using Microsoft.Win32.SafeHandles;

namespace McpConsole.Infrastructure.Logs;

/// <summary>
/// Two slots that are written in turn, so that one of them is whole at any moment. A slot has room for some two thousand runs of a server
/// at one time.
/// </summary>
internal sealed class CheckpointFile : IDisposable
{
    private const int SlotLength = 64 * 1024;
    private readonly SafeFileHandle _file;
    private byte[] _buffer = new byte[256];
    private long _generation;

    private CheckpointFile(SafeFileHandle file, long generation) => (_file, _generation) = (file, generation);

    public static string PathIn(string folder) => Path.Combine(folder, "checkpoint");

    /// <summary>The newest whole checkpoint; null when there is none.</summary>
    public static Checkpoint? TryRead(string folder)
    {
        if (!File.Exists(PathIn(folder)))
        {
            return null;
        }

        using var file = File.OpenHandle(PathIn(folder), share: FileShare.ReadWrite);
        return ReadNewest(file)?.Checkpoint;
    }

    public static CheckpointFile Open(string folder)
    {
        var file = File.OpenHandle(PathIn(folder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        return new CheckpointFile(file, ReadNewest(file)?.Generation ?? 0);
    }

    public void Write(Checkpoint checkpoint)
    {
        var length = checkpoint.EncodedLength;
        if (_buffer.Length < length)
        {
            _buffer = new byte[2 * length];
        }

        var generation = _generation + 1;
        checkpoint.Encode(_buffer, generation);
        RandomAccess.Write(_file, _buffer.AsSpan(0, length), generation % 2 * SlotLength);
        _generation = generation;
    }

    public void Dispose() => _file.Dispose();

    private static (Checkpoint Checkpoint, long Generation)? ReadNewest(SafeFileHandle file)
    {
        var slot = new byte[SlotLength];
        var first = Checkpoint.TryDecode(slot.AsSpan(0, RandomAccess.Read(file, slot, 0)));
        var second = Checkpoint.TryDecode(slot.AsSpan(0, RandomAccess.Read(file, slot, SlotLength)));
        return first is null || second?.Generation > first?.Generation ? second : first;
    }
}
