using System.Collections.Immutable;
using McpConsole.Domain.Servers;

namespace McpConsole.Web.Endpoints;

/// <summary>A server: its definition in the words of <see cref="ServerBody"/>, so that it can be changed and sent back, and its state.</summary>
/// <param name="Url">Of a server that runs elsewhere, as defined.</param>
/// <param name="ConnectUrl">Where MCP clients connect, while it runs.</param>
internal sealed record ServerView(
    string Id,
    string Name,
    string? Description,
    LaunchKind Kind,
    Lifecycle State,
    HealthView Health,
    string? ConnectUrl,
    int? ToolCount,
    ErrorView? Error,
    McpTransport Transport,
    int? Port,
    string? Endpoint,
    string? OpenapiUrl,
    string? BaseUrl,
    string? AuthToken,
    bool Watch,
    IReadOnlyDictionary<string, string> Headers,
    OperationsBody Operations,
    ImmutableArray<string> Command,
    IReadOnlyDictionary<string, string> Env,
    string? WorkingDirectory,
    StdioSharing Sharing,
    string? Url,
    bool AutoStart,
    bool RecordTraffic,
    RestartBody Restart,
    ResourceLimits Limits,
    ImmutableArray<string> Tags,
    int Revision,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static ServerView Of(ServerSnapshot snapshot)
    {
        var definition = snapshot.Definition;
        var draft = definition.ToDraft();
        return new(
            snapshot.Id.ToString(),
            snapshot.Name,
            draft.Description,
            draft.OpenApiUrl is not null ? LaunchKind.Openapi : draft.Url is not null ? LaunchKind.Remote : LaunchKind.Command,
            snapshot.State,
            HealthView.Of(snapshot.Health),
            snapshot.Url,
            snapshot.ToolCount,
            ErrorView.Of(snapshot.Error),
            definition.Transport,
            draft.Port,
            draft.Endpoint,
            draft.OpenApiUrl,
            draft.BaseUrl,
            draft.AuthToken,
            draft.Watch,
            draft.Headers,
            new OperationsBody(draft.Operations?.Include ?? [], draft.Operations?.Exclude ?? []),
            draft.Command,
            draft.Env,
            draft.WorkingDirectory,
            draft.Sharing,
            draft.Url,
            draft.AutoStart,
            draft.RecordTraffic,
            new RestartBody(definition.Restart.Policy, definition.Restart.MaxRetries),
            definition.Limits,
            draft.Tags,
            definition.Revision,
            definition.CreatedAt,
            definition.UpdatedAt);
    }
}

internal enum LaunchKind
{
    Openapi,
    Command,
    Remote,
}
