using System.Collections.Immutable;

namespace McpConsole.Domain.Servers;

/// <summary>What happened; the stable word of the REST API is its camel case.</summary>
public enum ServerEventKind
{
    Created,
    Updated,
    Deleted,
    Starting,
    Running,
    Stopping,
    Stopped,
    Exited,
    Restarting,
    Failed,
    Adopted,
    HealthChanged,
    ToolsChanged,
    LimitExceeded,
}

/// <summary>One entry of the lifecycle event log: kept in the database and streamed.</summary>
/// <param name="Sequence">
/// Given when the event log accepts it, 0 before: rises with each event, over restarts too (microseconds since 1970, made unique).
/// </param>
/// <param name="Message">English; the pages translate by <see cref="Kind"/> with <see cref="Arguments"/>.</param>
public sealed record ServerEvent(
    long Sequence,
    DateTimeOffset Time,
    ServerId ServerId,
    string ServerName,
    ServerEventKind Kind,
    string Message,
    ImmutableArray<string> Arguments,
    Guid? RunId = null);
