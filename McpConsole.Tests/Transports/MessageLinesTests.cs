using System.Text;
using FsCheck;
using FsCheck.Fluent;
using McpConsole.Mcp.Transports;

namespace McpConsole.Tests.Transports;

public sealed class MessageLinesTests
{
    private static readonly string[] s_lines = ["{}", "{\"a\":\"世界\"}", new string('x', 40_000), "", "  ", "\r"];

    [Fact]
    public void Lines_are_read_whole_however_the_bytes_are_split()
    {
        var cases = from lines in Gen.Elements(s_lines).ListOf() from sizes in Gen.Choose(1, 20_000).NonEmptyListOf() select (Lines: lines, Sizes: sizes.ToArray());
        Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            var bytes = Encoding.UTF8.GetBytes(string.Concat(sample.Lines.Select(line => line + "\n")) + "without an end");
            ReadAll(new MessageLines(new PieceStream(bytes, sample.Sizes), 1 << 20)).ShouldBe(sample.Lines.Select(line => line.Trim()).Where(line => line.Length > 0));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task A_line_without_end_is_refused_at_the_limit()
    {
        var lines = new MessageLines(new MemoryStream(new byte[1 << 20]), 100_000);
        await Should.ThrowAsync<InvalidDataException>(async () => await lines.ReadAsync(TestContext.Current.CancellationToken));
    }

    private static List<string> ReadAll(MessageLines lines)
    {
        var all = new List<string>();
        while (lines.ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult() is { } line)
        {
            all.Add(Encoding.UTF8.GetString(line));
        }

        return all;
    }
}
