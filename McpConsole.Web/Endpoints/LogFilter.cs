using System.Collections.Immutable;
using System.ComponentModel;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Results;

namespace McpConsole.Web.Endpoints;

/// <summary>Which lines are wanted, as the query says it.</summary>
internal sealed record LogFilter(
    [property: Description("How many lines, 1 to 10000.")] int Tail = 100,
    [property: Description("A text, found regardless of case, or a regular expression.")] string? Q = null,
    [property: Description("Whether q is a regular expression.")] bool Regex = false,
    [property: Description("Lines of this level and above: trace, debug, information, warning, error, critical.")] string? Level = null,
    [property: Description("stdout, stderr, console or traffic.")] string? Stream = null,
    DateTimeOffset? Since = null,
    DateTimeOffset? Until = null,
    [property: Description("Lines before this sequence: the way to page back.")] long? Before = null)
{
    private const int MaximumLines = 10_000;
    private const int MaximumText = 1_000;

    public Result<LogQuery> ToQuery()
    {
        var (levels, wrongLevel) = Words.Parse<LineLevel>(Level?.ToLowerInvariant() switch { "info" => "information", "warn" => "warning", _ => Level }, "level");
        var (streams, wrongStream) = Words.Parse<LogStream>(Stream, "stream");
        ImmutableArray<Error> errors =
        [
            .. wrongLevel,
            .. wrongStream,
            .. Unless(levels.Length <= 1, "level", "Give one level: it and the ones above are kept."),
            .. Unless(streams.Length <= 1, "stream", "Give one stream."),
            .. Unless(Tail is >= 1 and <= MaximumLines, "tail", "Give 1 to 10000 lines."),
            .. Unless(Q is null || Q.Length <= MaximumText, "q", "The text has at most 1000 characters."),
        ];
        return errors.IsEmpty
            ? new LogQuery
            {
                Text = string.IsNullOrEmpty(Q) ? null : Q,
                Regex = Regex,
                MinimumLevel = levels.IsEmpty ? null : levels[0],
                Stream = streams.IsEmpty ? null : streams[0],
                Since = Since,
                Until = Until,
                Before = Before,
                Limit = Tail,
            }
            : Result<LogQuery>.Fail(errors);
    }

    private static IEnumerable<Error> Unless(bool holds, string field, string text) =>
        holds ? [] : [new Error("log.filter", ErrorKind.Invalid, text).At(field)];
}
