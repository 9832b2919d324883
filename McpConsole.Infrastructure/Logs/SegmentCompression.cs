using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace McpConsole.Infrastructure.Logs;

/// <summary>Compresses closed segments, one gzip member per block.</summary>
internal static class SegmentCompression
{
    private const int MemberHeaderLength = 10;

    /// <summary>Writes the compressed file and its index beside the segment; the segment itself stays for the caller to delete.</summary>
    public static Segment Compress(Segment segment, CancellationToken cancellationToken)
    {
        var target = segment.Path + ".gz";
        var unfinished = target + ".tmp";
        try
        {
            var index = Write(segment, unfinished, cancellationToken);

            // Retention goes by the time of the last line.
            File.SetLastWriteTimeUtc(unfinished, File.GetLastWriteTimeUtc(segment.Path));

            // There when the name appears; of no use to the segment it stands beside until then, as their lengths differ.
            index.Save(segment.IndexPath);
            File.Move(unfinished, target, overwrite: true);
            return Segment.Closed(target, index);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Unpacks one block.</summary>
    public static void Decompress(byte[] packed, int length, Span<byte> text)
    {
        using var member = new GZipStream(new MemoryStream(packed, 0, length), CompressionMode.Decompress);
        member.ReadExactly(text);
    }

    /// <summary>Makes the index of a compressed segment whose index is lost, by reading it whole.</summary>
    public static SegmentIndex Reindex(string path, long firstSequence)
    {
        var packed = File.ReadAllBytes(path);
        var marks = new List<BlockMark>();
        var (sequence, offset, ticks) = (firstSequence, 0L, 0L);
        for (var start = 0; start < packed.Length;)
        {
            // Each member begins with the same ten bytes as the first: eighty bits do not come about by chance.
            var next = packed.AsSpan(start + 1).IndexOf(packed.AsSpan(0, MemberHeaderLength));
            var length = next < 0 ? packed.Length - start : next + 1;
            using var member = new GZipStream(new MemoryStream(packed, start, length), CompressionMode.Decompress);
            var scanned = SegmentScan.Run(member, sequence);
            marks.Add(new BlockMark(sequence, scanned.Marks.Span[0].Ticks, offset, start));
            (sequence, offset, ticks) = (scanned.EndSequence, offset + scanned.TextLength, scanned.LastTicks);
            start += length;
        }

        return new SegmentIndex(marks.ToArray(), sequence, ticks, offset, packed.Length);
    }

    public static void ReadExactly(SafeFileHandle file, Span<byte> destination, long offset)
    {
        while (!destination.IsEmpty)
        {
            var read = RandomAccess.Read(file, destination, offset);
            if (read == 0)
            {
                throw new EndOfStreamException($"The segment ends before {offset + destination.Length}.");
            }

            destination = destination[read..];
            offset += read;
        }
    }

    private static SegmentIndex Write(Segment segment, string path, CancellationToken cancellationToken)
    {
        var index = segment.Index;
        var marks = index.Marks.ToArray();
        var block = Array.Empty<byte>();
        using var source = File.OpenHandle(segment.Path);
        using var file = File.Create(path);
        for (var i = 0; i < marks.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = i + 1 < marks.Length ? marks[i + 1].Offset : index.TextLength;
            var text = Fit(ref block, (int)(end - marks[i].Offset));
            ReadExactly(source, text, marks[i].Offset);
            marks[i] = marks[i] with { FileOffset = file.Position };
            using var member = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true);
            member.Write(text);
        }

        return index with { Marks = marks, FileLength = file.Length };
    }

    private static Span<byte> Fit(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = GC.AllocateUninitializedArray<byte>(length);
        }

        return buffer.AsSpan(0, length);
    }
}
