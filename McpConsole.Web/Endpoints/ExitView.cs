using System.Collections.Immutable;
using McpConsole.Domain.Processes;

namespace McpConsole.Web.Endpoints;

internal sealed record ExitView(DateTimeOffset At, ExitReason Reason, int? Code, string? Signal, ImmutableArray<string> StderrTail)
{
    public static ExitView? Of(ExitInfo? exit) => exit is null ? null : new(exit.At, exit.Reason, exit.Code, exit.Signal, exit.StderrTail);
}
