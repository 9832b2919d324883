using System.Collections.Immutable;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Results;
using McpConsole.Domain.Servers;

namespace McpConsole.Web.Endpoints;

/// <param name="Action">What to do about it; empty where nothing needs doing.</param>
internal sealed record HealthView(
    HealthLevel Level, HealthCause Cause, string Summary, string Action, string? Detail, DateTimeOffset? CheckedAt, double? LatencyMilliseconds)
{
    public static HealthView Of(Health health) => new(
        health.Level,
        health.Cause,
        HealthTexts.Summary(health.Cause),
        HealthTexts.Action(health.Cause),
        health.Detail,
        health.CheckedAt,
        health.Latency?.TotalMilliseconds);
}

internal sealed record ErrorView(string Code, string Message)
{
    public static ErrorView? Of(Error? error) => error is null ? null : new(error.Code, error.Message);
}

/// <summary>What start, stop and restart answer.</summary>
internal sealed record StateView(string Id, Lifecycle State, HealthView Health, ErrorView? Error)
{
    public static StateView Of(ServerSnapshot snapshot) =>
        new(snapshot.Id.ToString(), snapshot.State, HealthView.Of(snapshot.Health), ErrorView.Of(snapshot.Error));
}

internal sealed record StatusView(
    string Id,
    string Name,
    Lifecycle State,
    HealthView Health,
    int? Pid,
    string? Url,
    DateTimeOffset? StartedAt,
    int RestartCount,
    DateTimeOffset? NextStartAt,
    int? Connections,
    int? ToolCount,
    ExitView? LastExit,
    ErrorView? Error)
{
    public static StatusView Of(ServerSnapshot snapshot) => new(
        snapshot.Id.ToString(),
        snapshot.Name,
        snapshot.State,
        HealthView.Of(snapshot.Health),
        snapshot.Run?.Pid,
        snapshot.Url,
        snapshot.Run?.StartedAt,
        snapshot.RestartCount,
        snapshot.NextStartAt,
        snapshot.Connections,
        snapshot.ToolCount,
        ExitView.Of(snapshot.LastExit),
        ErrorView.Of(snapshot.Error));
}

internal sealed record ExitView(DateTimeOffset At, ExitReason Reason, int? Code, string? Signal, ImmutableArray<string> StderrTail)
{
    public static ExitView? Of(ExitInfo? exit) => exit is null ? null : new(exit.At, exit.Reason, exit.Code, exit.Signal, exit.StderrTail);
}
