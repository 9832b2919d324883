using McpConsole.Web.State;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>A point in time in the browser's zone: the time alone for today, with the date else.</summary>
public sealed partial class Moment
{
    [Inject]
    internal BrowserClock Clock { get; init; } = null!;

    [Parameter, EditorRequired]
    public required DateTimeOffset Value { get; set; }

    private string Text => Clock.ToLocal(Value).Date == Clock.ToLocal(Clock.Now).Date ? Clock.Time(Value) : Clock.DateAndTime(Value);
}
