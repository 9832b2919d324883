using System.Globalization;

namespace McpConsole.Infrastructure.Logs;

/// <summary>
/// A part of a server's log in one file, named by its first sequence: <c>00000000000000000001.log</c>, or <c>.log.gz</c> once it is
/// closed and compressed (one gzip member per block, so that <c>zcat</c> and <c>zgrep</c> read it and a seek unpacks one block). This
/// is the state at one moment; the open segment is published anew after each write.
/// </summary>
internal sealed class Segment
{
    public const string RawSuffix = ".log";
    public const string CompressedSuffix = ".log.gz";

    private readonly Lazy<SegmentIndex> _index;

    private Segment(string path, long firstSequence, bool isCompressed, long fileLength, Lazy<SegmentIndex> index) =>
        (Path, FirstSequence, IsCompressed, FileLength, _index) = (path, firstSequence, isCompressed, fileLength, index);

    public string Path { get; }

    public long FirstSequence { get; }

    public bool IsCompressed { get; }

    public long FileLength { get; }

    /// <summary>Read from the file beside the segment, or made anew, when it is first needed.</summary>
    /// <exception cref="IOException">The segment was deleted or compressed meanwhile, or cannot be read.</exception>
    public SegmentIndex Index => _index.Value;

    public string IndexPath => IndexPathOf(Path);

    public static Segment Open(string path, long firstSequence, SegmentIndex index) =>
        new(path, firstSequence, isCompressed: false, index.TextLength, new Lazy<SegmentIndex>(index));

    public static Segment Closed(string path, SegmentIndex? index = null)
    {
        var isCompressed = path.EndsWith(CompressedSuffix, StringComparison.Ordinal);
        var length = new FileInfo(path).Length;
        var first = SequenceOf(path);

        // PublicationOnly: a failure to read is not remembered.
        var lazy = index is null
            ? new Lazy<SegmentIndex>(() => LoadIndex(path, first, isCompressed, length), LazyThreadSafetyMode.PublicationOnly)
            : new Lazy<SegmentIndex>(index);
        return new Segment(path, first, isCompressed, length, lazy);
    }

    public static string PathOf(string folder, long firstSequence) =>
        System.IO.Path.Combine(folder, firstSequence.ToString("D20", CultureInfo.InvariantCulture) + RawSuffix);

    /// <summary>The sequence that names the file; 0 for any other file.</summary>
    public static long SequenceOf(string path)
    {
        var name = System.IO.Path.GetFileName(path.AsSpan());
        var dot = name.IndexOf('.');
        return dot > 0 && long.TryParse(name[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : 0;
    }

    public static string IndexPathOf(string path) => path[..path.LastIndexOf(RawSuffix, StringComparison.Ordinal)] + ".idx";

    private static SegmentIndex LoadIndex(string path, long firstSequence, bool isCompressed, long length)
    {
        if (SegmentIndex.TryLoad(IndexPathOf(path), length) is { } saved)
        {
            return saved;
        }

        if (isCompressed)
        {
            return SegmentCompression.Reindex(path, firstSequence);
        }

        using var file = File.OpenRead(path);
        return SegmentScan.Run(file, firstSequence);
    }
}
