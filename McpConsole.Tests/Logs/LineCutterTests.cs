using System.Text;
using FsCheck;
using FsCheck.Fluent;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;
using McpConsole.Infrastructure.Logs;

namespace McpConsole.Tests.Logs;

public sealed class LineCutterTests
{
    private static readonly DateTimeOffset s_time = new(2026, 11, 20, 3, 37, 52, TimeSpan.Zero);

    // Few kinds of bytes, so that ends, splits and parts of the secret come often.
    private static readonly Arbitrary<byte[]> s_output = Arb.From(
        Gen.Elements("a"u8.ToArray(), "\n"u8.ToArray(), "\r\n"u8.ToArray(), "\r"u8.ToArray(), "secret"u8.ToArray(), "sec"u8.ToArray(), "ret"u8.ToArray(), "早"u8.ToArray(), [0xFF], [0])
            .ArrayOf().Select(parts => parts.SelectMany(part => part).ToArray()));

    [Fact]
    public void Any_chunking_gives_the_same_lines() =>
        Prop.ForAll(s_output, Arb.From(Gen.Choose(1, 9).NonEmptyListOf()), (output, sizes) =>
        {
            var whole = Cut([output], SecretMask.None);
            var chunked = Cut(Chunks(output, [.. sizes]), SecretMask.None);
            return Restore(chunked).SequenceEqual(Normalise(output)) && Restore(whole).SequenceEqual(Normalise(output))
                && chunked.Concat(whole).All(line => !line.Continued);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_chunking_hides_secrets_also_where_lines_are_taken_before_their_end() =>
        Prop.ForAll(s_output, Arb.From(Gen.Choose(1, 9).NonEmptyListOf()), (output, sizes) =>
        {
            var lines = Cut(Chunks(output, [.. sizes]), SecretMask.Of([new Secret("secret")]), Remainder.TakeAsContinued);
            var joined = Encoding.UTF8.GetString(Restore(lines));
            var expected = Encoding.UTF8.GetString(Normalise(output)).Replace("secret", Secret.Mask);
            return joined.TrimEnd('\n') == expected.TrimEnd('\n');
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_long_line_is_cut_between_characters_and_marked()
    {
        var text = Encoding.UTF8.GetBytes(new string('早', 50_000) + "\n");
        var lines = Cut([text], SecretMask.None);
        lines.Count.ShouldBe(3);
        lines.Select(line => line.Continued).ShouldBe([true, true, false]);
        lines[0].Text.Length.ShouldBe(LineCutter.LineLimit / 3 * 3);
        string.Concat(lines.Select(line => Encoding.UTF8.GetString(line.Text))).ShouldBe(new string('早', 50_000));
    }

    [Fact]
    public void A_secret_that_straddles_the_limit_stays_whole()
    {
        var text = Encoding.UTF8.GetBytes(new string('x', LineCutter.LineLimit - 3) + "secret and more\n");
        var lines = Cut([text], SecretMask.Of([new Secret("secret")]));
        lines.Count.ShouldBe(2);
        Encoding.UTF8.GetString(lines[1].Text).ShouldBe($"{Secret.Mask} and more");
    }

    [Fact]
    public void A_line_of_the_limit_itself_is_not_cut()
    {
        var lines = Cut([Encoding.UTF8.GetBytes(new string('x', LineCutter.LineLimit) + "\n")], SecretMask.None);
        lines.Single().Continued.ShouldBeFalse();
    }

    /// <summary>Feeds chunks as the spool does: what was not used comes again with what follows.</summary>
    private static List<(byte[] Text, bool Continued)> Cut(IEnumerable<byte[]> chunks, SecretMask mask, Remainder between = Remainder.Leave)
    {
        var batch = new LineBatch(1024);
        var lines = new List<(byte[], bool)>();
        byte[] pending = [];
        foreach (var chunk in chunks)
        {
            pending = [.. pending, .. chunk];
            pending = CutAll(pending, between, mask, batch, lines);
        }

        CutAll(pending, Remainder.TakeAsLast, mask, batch, lines).ShouldBeEmpty();
        return lines;
    }

    private static byte[] CutAll(byte[] input, Remainder remainder, SecretMask mask, LineBatch batch, List<(byte[], bool)> lines)
    {
        do
        {
            batch.Clear(0);
            batch.Stamp(s_time, LogStream.Stdout);
            input = input[LineCutter.Cut(input, remainder, mask, batch)..];
            foreach (var line in Lines(batch.Bytes.ToArray()))
            {
                line.AsSpan(0, 31).SequenceEqual("2026-11-20T03:37:52.000000Z out"u8).ShouldBeTrue();
                lines.Add((line[LineFormat.PrefixLength..], line[31] == '+'));
            }
        }
        while (batch.IsFull);
        return input;
    }

    private static IEnumerable<byte[]> Lines(byte[] stored)
    {
        while (Array.IndexOf(stored, (byte)'\n') is var end and >= 0)
        {
            yield return stored[..end];
            stored = stored[(end + 1)..];
        }
    }

    private static IEnumerable<byte[]> Chunks(byte[] output, int[] sizes)
    {
        for (var (at, i) = (0, 0); at < output.Length; at += sizes[i++ % sizes.Length])
        {
            yield return output[at..Math.Min(output.Length, at + sizes[i % sizes.Length])];
        }
    }

    private static byte[] Restore(IEnumerable<(byte[] Text, bool Continued)> lines) =>
        [.. lines.SelectMany(line => line.Continued ? line.Text : [.. line.Text, (byte)'\n'])];

    /// <summary>What is kept of an output: every line's end is LF, the last line's too.</summary>
    private static byte[] Normalise(byte[] output)
    {
        var text = Encoding.Latin1.GetString(output).Replace("\r\n", "\n");
        return Encoding.Latin1.GetBytes(text.Length == 0 || text.EndsWith('\n') ? text : text + "\n");
    }
}
