using System.Text;
using McpConsole.Domain.Logs;
using McpConsole.Infrastructure.Logs;

namespace McpConsole.Tests.Logs;

public sealed class LineFormatTests
{
    [Theory]
    [InlineData(LogStream.Stdout, "out")]
    [InlineData(LogStream.Stderr, "err")]
    [InlineData(LogStream.Console, "con")]
    [InlineData(LogStream.Traffic, "rpc")]
    public void A_line_reads_as_it_was_written(LogStream stream, string code)
    {
        var time = new DateTimeOffset(2026, 2, 28, 23, 59, 58, TimeSpan.FromHours(8)).AddTicks(1234567);
        var line = new byte[LineFormat.PrefixLength + 5];
        LineFormat.WritePrefix(line, time, stream);
        "error"u8.CopyTo(line.AsSpan(LineFormat.PrefixLength));

        Encoding.UTF8.GetString(line).ShouldBe($"2026-02-28T15:59:58.123456Z {code} error");
        var read = LineFormat.Decode(line, 7);
        read.ShouldBe(new LogLine(7, time.AddTicks(-7).ToUniversalTime(), stream, LineLevel.Error, "error"));
        LineFormat.MarkContinued(line);
        LineFormat.Decode(line, 7).Continued.ShouldBeTrue();
    }

    [Theory]
    [InlineData("this is not a line of a log at all, but of some other file")]
    [InlineData("2026-13-45T99:99:99.999999Z out x.........")]
    [InlineData("0001-01-01T00:00:00.xxxxxxZ out x.........")]
    public void What_is_no_stored_line_still_decodes(string text) =>
        LineFormat.Decode(Encoding.UTF8.GetBytes(text), 1).Text.ShouldNotBeEmpty();
}
