using System.IO.Pipelines;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using McpConsole.Mcp.Transports;
using McpConsole.Mcp.Upstream;

namespace McpConsole.Tests.Transports;

public sealed class EventStreamTests
{
    private const int Roomy = 1 << 20;

    private static readonly string[] s_messages = ["{}", "{\"a\":\"世界\"}", "{\n  \"pretty\": true\r\n}", "\"data: x\"", new string('x', 40_000)];

    [Fact]
    public void What_is_written_is_read_back_however_the_bytes_are_split()
    {
        var messages = Gen.Elements(s_messages).ListOf();
        var sizes = Gen.Choose(1, 50).NonEmptyListOf();
        var cases = from message in messages from size in sizes select (Messages: message.ToArray(), Sizes: size.ToArray());
        Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            var read = RoundTrip(sample.Messages, sample.Sizes);
            read.Select(found => Encoding.UTF8.GetString(found.Data)).ShouldBe(sample.Messages.Select(message => message.Replace("\r\n", "\n\n")));
            read.Select(found => found.Id).ShouldBe(Enumerable.Range(1, sample.Messages.Length).Select(number => $"s-{number}"));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("data: a\n\ndata: b\n\n")]
    [InlineData("data: a\r\n\r\ndata: b\r\n\r\n")]
    [InlineData("data: a\r\rdata: b\r\r")]
    [InlineData("\uFEFF: comment\nretry: 5\n\nid: 7\ndata:a\n\nevent: message\ndata: b\n\ndata: unfinished")]
    public async Task Every_form_of_the_standard_is_read(string text)
    {
        foreach (var size in Enumerable.Range(1, 8))
        {
            using var reader = new SseReader(new PieceStream(Encoding.UTF8.GetBytes(text), [size]), Roomy);
            var data = new List<string>();
            while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } found)
            {
                data.Add(Encoding.UTF8.GetString(found.Data));
            }

            data.ShouldBe(["a", "b"]);
        }
    }

    [Fact]
    public async Task A_client_that_comes_back_gets_what_it_missed_and_nothing_twice()
    {
        var log = NewLog();
        Append(log, "1", "2", "3");
        log.End();
        (await PumpAsync(log, after: 1)).ShouldBe(["2", "3"]);
        (await PumpAsync(log, after: 3)).ShouldBeEmpty();
        (await PumpAsync(log, after: 0)).ShouldBe(["1", "2", "3"]);
    }

    [Fact]
    public async Task Only_the_newest_events_are_kept_within_the_limit()
    {
        var log = NewLog(capacity: 10);
        Append(log, "aaaa", "bbbb", "cccc", new string('d', 100));
        log.End();
        (await PumpAsync(log, after: 0)).ShouldBe([new string('d', 100)]);
    }

    [Fact]
    public async Task A_newer_connection_takes_over_from_one_that_is_still_open()
    {
        var log = NewLog();
        var first = new Pipe();
        var older = log.PumpAsync(first.Writer, 0, TestContext.Current.CancellationToken);
        var second = new Pipe();
        var newer = log.PumpAsync(second.Writer, 0, TestContext.Current.CancellationToken);
        await older;
        newer.IsCompleted.ShouldBeFalse();
        log.End();
        await newer;
    }

    [Fact]
    public async Task A_released_connection_ends_with_the_time_to_come_back_and_the_stream_goes_on()
    {
        var log = NewLog();
        log.Append([]);
        log.Release(TimeSpan.FromMilliseconds(250));
        var first = await WrittenAsync(log, after: 0);
        first.ShouldStartWith("id: s-1\ndata: \n\n");
        first.ShouldEndWith("retry: 250\n\n");
        Append(log, "late");
        log.End();
        (await PumpAsync(log, after: 1)).ShouldBe(["late"]);
    }

    [Fact]
    public async Task A_quiet_stream_is_kept_alive_by_comments()
    {
        var time = new ManualTimeProvider();
        var log = new EventLog("s", Roomy, TimeSpan.FromSeconds(20), time);
        var pipe = new Pipe();
        var pump = log.PumpAsync(pipe.Writer, 0, TestContext.Current.CancellationToken);
        await Eventually.BeTrueAsync(() => time.Waiting == 1);
        time.Advance(TimeSpan.FromSeconds(20));
        var read = await pipe.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Encoding.UTF8.GetString(read.Buffer.FirstSpan).ShouldBe(":\n\n");
        pipe.Reader.AdvanceTo(read.Buffer.End);
        log.End();
        await pump;
    }

    private static EventLog NewLog(int capacity = Roomy) => new("s", capacity, TimeSpan.FromMinutes(1), TimeProvider.System);

    private static void Append(EventLog log, params string[] messages)
    {
        foreach (var message in messages)
        {
            log.Append(Encoding.UTF8.GetBytes(message));
        }
    }

    private static SseEvent[] RoundTrip(string[] messages, int[] sizes)
    {
        var log = NewLog(capacity: 1 << 24);
        Append(log, messages);
        log.End();
        var bytes = Encoding.UTF8.GetBytes(WrittenAsync(log, 0).GetAwaiter().GetResult());
        using var reader = new SseReader(new PieceStream(bytes, sizes), Roomy);
        var all = new List<SseEvent>();
        while (reader.ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult() is { } found)
        {
            all.Add(found);
        }

        return [.. all];
    }

    private static async Task<string[]> PumpAsync(EventLog log, long after)
    {
        using var reader = new SseReader(new MemoryStream(Encoding.UTF8.GetBytes(await WrittenAsync(log, after))), Roomy);
        var data = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } found)
        {
            data.Add(Encoding.UTF8.GetString(found.Data));
        }

        return [.. data];
    }

    private static async Task<string> WrittenAsync(EventLog log, long after)
    {
        using var output = new MemoryStream();
        var writer = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        await log.PumpAsync(writer, after, TestContext.Current.CancellationToken);
        await writer.CompleteAsync();
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
