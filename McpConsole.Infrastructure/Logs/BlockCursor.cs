using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace McpConsole.Infrastructure.Logs;

/// <summary>
/// Reads a log block by block. It asks for sequences, not for files, and looks at the newest <see cref="LogView"/> each time: so it goes
/// on when segments are closed, compressed or deleted under it. A segment that cannot be read is passed over.
/// </summary>
internal sealed class BlockCursor(ServerLog log) : IDisposable
{
    private SafeFileHandle? _file;
    private Segment? _segment;
    private byte[] _text = [];
    private byte[] _packed = [];
    private int _length;

    /// <summary>Whole lines, each with its end.</summary>
    public ReadOnlySpan<byte> Block => _text.AsSpan(0, _length);

    public ReadOnlyMemory<byte> Memory => _text.AsMemory(0, _length);

    public long FirstSequence { get; private set; }

    /// <summary>One more than the sequence of the block's last line.</summary>
    public long EndSequence { get; private set; }

    /// <summary>What the block takes in its file.</summary>
    public long FileBytes { get; private set; }

    /// <summary>Loads the block with the first line at or after a sequence; false at the log's end.</summary>
    public bool LoadFrom(long sequence) => Load(sequence, forward: true);

    /// <summary>Loads the block with the last line at or before a sequence; false at the log's beginning.</summary>
    public bool LoadBack(long sequence) => Load(sequence, forward: false);

    public void Dispose()
    {
        _file?.Dispose();
        ArrayPool<byte>.Shared.Return(_text);
        ArrayPool<byte>.Shared.Return(_packed);
        (_file, _text, _packed, _length) = (null, [], [], 0);
    }

    private bool Load(long sequence, bool forward)
    {
        Segment? failed = null;
        while (true)
        {
            var view = log.View;
            var place = view.PlaceOf(sequence);
            if (forward ? sequence >= view.NextSequence || view.Count == 0 : place < 0)
            {
                return false;
            }

            var segment = view[Math.Max(0, place)];
            var beyond = !forward ? segment.FirstSequence - 1 : place + 1 < view.Count ? view[place + 1].FirstSequence : view.NextSequence;
            try
            {
                if (!forward || sequence < segment.Index.EndSequence)
                {
                    Load(segment, segment.Index.BlockOf(sequence));
                    return true;
                }

                // In a gap that someone made by deleting a file.
                sequence = beyond;
            }
            catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                // Most likely it was compressed or deleted since the view was taken: the next view tells. If not, it is damaged.
                if (ReferenceEquals(failed, segment))
                {
                    sequence = beyond;
                }

                failed = segment;
            }
        }
    }

    private void Load(Segment segment, int number)
    {
        var index = segment.Index;
        if (_file is null || _segment is null || _segment.Path != segment.Path)
        {
            _file?.Dispose();
            (_file, _segment) = (null, null);
            _file = File.OpenHandle(segment.Path, share: FileShare.ReadWrite | FileShare.Delete);
        }

        _segment = segment;
        var mark = index.Marks.Span[number];
        var isLast = number + 1 == index.Marks.Length;
        var next = isLast ? new BlockMark(index.EndSequence, index.LastTicks, index.TextLength, index.FileLength) : index.Marks.Span[number + 1];
        var length = (int)(next.Offset - mark.Offset);
        Fit(ref _text, length);
        if (segment.IsCompressed)
        {
            var packed = (int)(next.FileOffset - mark.FileOffset);
            Fit(ref _packed, packed);
            SegmentCompression.ReadExactly(_file, _packed.AsSpan(0, packed), mark.FileOffset);
            SegmentCompression.Decompress(_packed, packed, _text.AsSpan(0, length));
        }
        else
        {
            SegmentCompression.ReadExactly(_file, _text.AsSpan(0, length), mark.Offset);
        }

        (_length, FirstSequence, EndSequence, FileBytes) = (length, mark.Sequence, next.Sequence, next.FileOffset - mark.FileOffset);
    }

    private static void Fit(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(length);
        }
    }
}
