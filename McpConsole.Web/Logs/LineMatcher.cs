using System.Text.RegularExpressions;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Results;

namespace McpConsole.Web.Logs;

/// <summary>Picks live lines as the store picks stored ones for the same query.</summary>
internal sealed class LineMatcher
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50);

    private readonly LogQuery _query;
    private readonly Regex? _regex;

    private LineMatcher(LogQuery query, Regex? regex) => (_query, _regex) = (query, regex);

    public static Result<LineMatcher> Create(LogQuery query)
    {
        try
        {
            var regex = query is { Regex: true, Text.Length: > 0 } ? new Regex(query.Text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, s_patience) : null;
            return new LineMatcher(query, regex);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return new Error("logs.invalid_regex", ErrorKind.Invalid, "The regular expression cannot be used: {0}", e.Message);
        }
    }

    public bool Matches(LogLine line) =>
        (_query.MinimumLevel is not { } level || line.Level >= level)
        && (_query.Stream is not { } stream || line.Stream == stream)
        && (_query.Since is not { } since || line.Time >= since)
        && (_query.Until is not { } until || line.Time <= until)
        && MatchesText(line.Text);

    private bool MatchesText(string text)
    {
        if (string.IsNullOrEmpty(_query.Text))
        {
            return true;
        }

        try
        {
            return _regex?.IsMatch(text) ?? text.Contains(_query.Text, StringComparison.OrdinalIgnoreCase);
        }
        catch (RegexMatchTimeoutException)
        {
            return false; // A pattern that needs longer than this for one line must not hold up the page.
        }
    }
}
