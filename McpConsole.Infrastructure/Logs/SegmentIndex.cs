using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace McpConsole.Infrastructure.Logs;

/// <summary>Where a segment's blocks begin. Sparse: some 80 marks for 10 MiB of text.</summary>
/// <param name="Marks">Ascending; the first is the segment's beginning.</param>
/// <param name="EndSequence">One more than the sequence of the last line.</param>
/// <param name="LastTicks">The UTC time of the last line.</param>
/// <param name="TextLength">The bytes of uncompressed text.</param>
/// <param name="FileLength">The bytes of the file that it describes: an index of another state of the file is not used.</param>
internal sealed record SegmentIndex(ReadOnlyMemory<BlockMark> Marks, long EndSequence, long LastTicks, long TextLength, long FileLength)
{
    private const int HeaderLength = 40;
    private const uint Magic = 0x3149434D; // «MCI1»

    /// <summary>The number of the block that holds a sequence, or of the nearest one.</summary>
    public int BlockOf(long sequence)
    {
        var marks = Marks.Span;
        var (low, high) = (0, marks.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = marks[middle].Sequence <= sequence ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    /// <summary>Writes the index whole: magic, checksum, the four figures, then the marks.</summary>
    public void Save(string path)
    {
        var bytes = new byte[HeaderLength + (Marks.Length * Marshal.SizeOf<BlockMark>())];
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), EndSequence);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), LastTicks);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), TextLength);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), FileLength);
        MemoryMarshal.AsBytes(Marks.Span).CopyTo(bytes.AsSpan(HeaderLength));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), Checksum.Of(bytes.AsSpan(8)));
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Reads an index; null when it is missing, damaged, or of another state of the file.</summary>
    public static SegmentIndex? TryLoad(string path, long fileLength)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (IOException)
        {
            return null;
        }

        var whole = bytes.Length > HeaderLength
            && (bytes.Length - HeaderLength) % Marshal.SizeOf<BlockMark>() == 0
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Magic
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)) == Checksum.Of(bytes.AsSpan(8))
            && BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(32)) == fileLength;
        return whole
            ? new SegmentIndex(
                MemoryMarshal.Cast<byte, BlockMark>(bytes.AsSpan(HeaderLength)).ToArray(),
                BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8)),
                BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)),
                BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(24)),
                fileLength)
            : null;
    }
}
