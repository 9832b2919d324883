using System.Text;
using FsCheck;
using FsCheck.Fluent;
using McpConsole.Infrastructure.Logs;

namespace McpConsole.Tests.Logs;

public sealed class SegmentIndexTests
{
    [Fact]
    public void An_index_reads_as_it_was_saved() =>
        Prop.ForAll<(long, long, long, long)[], (long, long, long)>((marks, rest) =>
        {
            var path = Path.GetTempFileName();
            try
            {
                BlockMark[] expected = [.. marks.Select(mark => new BlockMark(mark.Item1, mark.Item2, mark.Item3, mark.Item4)), default];
                var index = new SegmentIndex(expected, rest.Item1, rest.Item2, rest.Item3, FileLength: 77);
                index.Save(path);
                var read = SegmentIndex.TryLoad(path, 77);
                return read is not null && read.Marks.Span.SequenceEqual(expected)
                    && (read.EndSequence, read.LastTicks, read.TextLength) == rest
                    && SegmentIndex.TryLoad(path, 78) is null;
            }
            finally
            {
                File.Delete(path);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_damaged_index_is_not_used()
    {
        var path = Path.GetTempFileName();
        try
        {
            new SegmentIndex(new BlockMark[] { new(1, 2, 0, 0) }, 5, 6, 7, 7).Save(path);
            var bytes = File.ReadAllBytes(path);
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] ^= 1;
                File.WriteAllBytes(path, bytes);
                SegmentIndex.TryLoad(path, 7).ShouldBeNull($"byte {i}");
                bytes[i] ^= 1;
            }

            File.WriteAllBytes(path, bytes[..^1]);
            SegmentIndex.TryLoad(path, 7).ShouldBeNull();
            File.Delete(path);
            SegmentIndex.TryLoad(path, 7).ShouldBeNull();
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_block_of_a_sequence_is_the_last_that_begins_before_it()
    {
        var index = new SegmentIndex(new BlockMark[] { new(10, 0, 0, 0), new(20, 0, 100, 100), new(30, 0, 200, 200) }, 40, 0, 300, 300);
        new long[] { 1, 10, 19, 20, 29, 30, 99 }.Select(index.BlockOf).ShouldBe([0, 0, 0, 1, 1, 2, 2]);
    }

    [Fact]
    public void A_scan_counts_whole_lines_and_marks_blocks()
    {
        var line = $"2026-11-20T03:37:52.000000Z out {new string('x', 967)}\n";
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, 300)) + "2026-11-20T03:37:52.000000Z out torn");
        var index = SegmentScan.Run(new MemoryStream(text), 1000);
        (index.EndSequence, index.TextLength).ShouldBe((1300L, 300_000L));
        index.Marks.ToArray().Select(mark => (mark.Sequence, mark.Offset)).ShouldBe([(1000L, 0L), (1132L, 132_000L), (1264L, 264_000L)]);
    }

    [Fact]
    public void A_compressed_segment_unpacks_by_block_and_its_index_can_be_made_anew()
    {
        var folder = Directory.CreateTempSubdirectory("mcpconsole-test-").FullName;
        try
        {
            var path = Segment.PathOf(folder, 1);
            var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"2026-11-20T03:37:52.000000Z out line {i}\n"));
            File.WriteAllText(path, text);
            var compressed = SegmentCompression.Compress(Segment.Closed(path), TestContext.Current.CancellationToken);

            compressed.FileLength.ShouldBeLessThan(text.Length / 4);
            compressed.Index.Marks.Length.ShouldBeGreaterThan(4);
            var remade = SegmentCompression.Reindex(compressed.Path, 1);
            remade.Marks.Span.SequenceEqual(compressed.Index.Marks.Span).ShouldBeTrue();
            (remade with { Marks = default }).ShouldBe(compressed.Index with { Marks = default });

            using var whole = new System.IO.Compression.GZipStream(File.OpenRead(compressed.Path), System.IO.Compression.CompressionMode.Decompress);
            new StreamReader(whole).ReadToEnd().ShouldBe(text, "zcat must read it");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
