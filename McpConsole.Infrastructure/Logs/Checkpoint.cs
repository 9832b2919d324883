using System.Buffers.Binary;
using System.Collections.Immutable;

namespace McpConsole.Infrastructure.Logs;

/// <summary>How far a run's two spool files are taken into the log.</summary>
internal readonly record struct SpoolOffsets(Guid RunId, long Stdout, long Stderr);

/// <summary>
/// What belongs together at one moment: the log up to <paramref name="SegmentLength"/> of the segment named by
/// <paramref name="SegmentSequence"/> holds the spools up to their offsets. What stands beyond it in the segment was written by a console that
/// died before it could say so, and is taken from the spool again.
/// </summary>
internal sealed record Checkpoint(long SegmentSequence, long SegmentLength, long NextSequence, ImmutableArray<SpoolOffsets> Spools)
{
    private const int HeaderLength = 44;
    private const int SpoolLength = 32;
    private const uint Magic = 0x3143434D; // «MCC1»

    public int EncodedLength => HeaderLength + (Spools.Length * SpoolLength);

    /// <summary>Magic, checksum of what follows, generation, segment, its length, next sequence, number of spools, spools.</summary>
    public void Encode(Span<byte> bytes, long generation)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], generation);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], SegmentSequence);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], SegmentLength);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], NextSequence);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[40..], Spools.Length);
        var at = HeaderLength;
        foreach (var spool in Spools)
        {
            spool.RunId.TryWriteBytes(bytes[at..]);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[(at + 16)..], spool.Stdout);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[(at + 24)..], spool.Stderr);
            at += SpoolLength;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], Checksum.Of(bytes[8..at]));
    }

    /// <summary>Null for what was never written, or torn.</summary>
    public static (Checkpoint Checkpoint, long Generation)? TryDecode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
        {
            return null;
        }

        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes[40..]);
        if (count < 0 || count > (bytes.Length - HeaderLength) / SpoolLength
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != Checksum.Of(bytes[8..(HeaderLength + (count * SpoolLength))]))
        {
            return null;
        }

        var spools = ImmutableArray.CreateBuilder<SpoolOffsets>(count);
        for (var i = 0; i < count; i++)
        {
            var spool = bytes[(HeaderLength + (i * SpoolLength))..];
            spools.Add(new SpoolOffsets(
                new Guid(spool[..16]), BinaryPrimitives.ReadInt64LittleEndian(spool[16..]), BinaryPrimitives.ReadInt64LittleEndian(spool[24..])));
        }

        var checkpoint = new Checkpoint(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]),
            spools.MoveToImmutable());
        return (checkpoint, BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]));
    }
}
