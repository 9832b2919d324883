using System.Collections.Immutable;
using System.Globalization;
using McpConsole.Domain.Logs;
using McpConsole.Domain.Servers;

namespace McpConsole.Web.Logs;

/// <summary>What the Logs page shows, as it stands in the page's URL.</summary>
public sealed record LogPageState(ImmutableArray<ServerId> Servers, LogQuery Query, bool Paused, bool Wrap, bool HideTime)
{
    public static LogPageState Parse(
        string? servers, string? text, bool regex, string? level, string? stream, string? since, string? until, bool paused, bool wrap, bool hideTime) =>
        new(
            [.. (servers ?? "").Split(',').Select(id => ServerId.TryParse(id, out var server) ? server : (ServerId?)null).OfType<ServerId>().Distinct()],
            new LogQuery
            {
                Text = string.IsNullOrEmpty(text) ? null : text,
                Regex = regex,
                MinimumLevel = Enum.TryParse<LineLevel>(level, ignoreCase: true, out var minimum) ? minimum : null,
                Stream = Enum.TryParse<LogStream>(stream, ignoreCase: true, out var chosen) ? chosen : null,
                Since = Time(since),
                Until = Time(until),
            },
            paused,
            wrap,
            hideTime);

    /// <summary>The query parameters; null leaves one out.</summary>
    public Dictionary<string, object?> ToParameters() => new()
    {
        ["server"] = Servers.IsEmpty ? null : string.Join(',', Servers),
        ["q"] = Query.Text,
        ["regex"] = Query.Regex ? true : null,
        ["level"] = Query.MinimumLevel?.ToString().ToLowerInvariant(),
        ["stream"] = Query.Stream?.ToString().ToLowerInvariant(),
        ["since"] = Query.Since?.ToString("O", CultureInfo.InvariantCulture),
        ["until"] = Query.Until?.ToString("O", CultureInfo.InvariantCulture),
        ["paused"] = Paused ? true : null,
        ["wrap"] = Wrap ? true : null,
        ["hidetime"] = HideTime ? true : null,
    };

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
