using System.Globalization;

namespace McpConsole.Web.State;

/// <summary>Shows times in the zone of this circuit's browser. The layout sets the zone before any page renders.</summary>
internal sealed class BrowserClock(TimeProvider time)
{
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;

    public DateTimeOffset Now => time.GetUtcNow();

    public bool IsSet { get; private set; }

    /// <param name="zone">An IANA name, as browsers give it; an unknown one leaves UTC.</param>
    public void Set(string? zone)
    {
        _zone = zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : TimeZoneInfo.Utc;
        IsSet = true;
    }

    public DateTimeOffset ToLocal(DateTimeOffset value) => TimeZoneInfo.ConvertTime(value, _zone);

    /// <summary>Reads what an input of type datetime-local holds: a time in the browser's zone, without an offset.</summary>
    public DateTimeOffset? FromLocal(string? value) =>
        DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime()
            : null;

    public string DateAndTime(DateTimeOffset value) => ToLocal(value).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public string Time(DateTimeOffset value) => ToLocal(value).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
