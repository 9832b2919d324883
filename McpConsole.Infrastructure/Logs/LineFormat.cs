using System.Globalization;
using System.Text;
using McpConsole.Domain.Logs;

namespace McpConsole.Infrastructure.Logs;

/// <summary>
/// A stored line: <c>2026-11-20T03:37:52.123456Z out text\n</c>. The first 32 bytes have fixed places: a UTC time (which sorts as
/// text), the stream in three letters, and a blank, or <c>+</c> where the line was longer than the limit and goes on in the next one.
/// </summary>
internal static class LineFormat
{
    public const int PrefixLength = 32;
    public const int TimeLength = 27;
    private const int StreamAt = 28;
    private const int MarkAt = 31;

    public static void WritePrefix(Span<byte> prefix, DateTimeOffset time, LogStream stream)
    {
        WriteTime(prefix, time);
        prefix[TimeLength] = (byte)' ';
        Code(stream).CopyTo(prefix[StreamAt..]);
        prefix[MarkAt] = (byte)' ';
    }

    public static void WriteTime(Span<byte> destination, DateTimeOffset time) =>
        time.UtcDateTime.TryFormat(destination, out _, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public static void MarkContinued(Span<byte> prefix) => prefix[MarkAt] = (byte)'+';

    public static bool IsOf(ReadOnlySpan<byte> line, LogStream stream) => line[StreamAt..].StartsWith(Code(stream));

    public static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> line) => line[PrefixLength..];

    public static LogLine Decode(ReadOnlySpan<byte> line, long sequence)
    {
        var text = Text(line);
        return new LogLine(
            sequence, ReadTime(line), StreamOf(line), LevelRecogniser.Recognise(text), Encoding.UTF8.GetString(text), line[MarkAt] == '+');
    }

    /// <summary>Reads the time at the fixed places; what is not a stored line gives the earliest time.</summary>
    public static DateTimeOffset ReadTime(ReadOnlySpan<byte> line)
    {
        var (year, month, day) = (Number(line, 0, 4), Number(line, 5, 2), Number(line, 8, 2));
        var (hour, minute, second, fraction) = (Number(line, 11, 2), Number(line, 14, 2), Number(line, 17, 2), Number(line, 20, 6));
        var isTime = year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && hour is >= 0 and < 24 && minute is >= 0 and < 60 && second is >= 0 and < 60 && fraction >= 0;
        return isTime
            ? new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).AddTicks(fraction * TimeSpan.TicksPerMicrosecond)
            : DateTimeOffset.MinValue;
    }

    // -1 where a byte is no digit.
    private static int Number(ReadOnlySpan<byte> line, int start, int length)
    {
        var number = 0;
        foreach (var digit in line.Slice(start, length))
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return -1;
            }

            number = (number * 10) + (digit - '0');
        }

        return number;
    }

    private static LogStream StreamOf(ReadOnlySpan<byte> line) => line[StreamAt] switch
    {
        (byte)'e' => LogStream.Stderr,
        (byte)'c' => LogStream.Console,
        (byte)'r' => LogStream.Traffic,
        _ => LogStream.Stdout,
    };

    private static ReadOnlySpan<byte> Code(LogStream stream) => stream switch
    {
        LogStream.Stderr => "err"u8,
        LogStream.Console => "con"u8,
        LogStream.Traffic => "rpc"u8,
        _ => "out"u8,
    };
}
