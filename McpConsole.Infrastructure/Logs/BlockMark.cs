namespace McpConsole.Infrastructure.Logs;

/// <summary>The beginning of a block: some 128 KiB of whole lines, the unit of seeking, searching and compressing.</summary>
/// <param name="Sequence">Of its first line.</param>
/// <param name="Ticks">The UTC time of its first line.</param>
/// <param name="Offset">In the text.</param>
/// <param name="FileOffset">In the file, which differs once the segment is compressed.</param>
internal readonly record struct BlockMark(long Sequence, long Ticks, long Offset, long FileOffset)
{
    public const int BlockSize = 128 * 1024;
}
