using System.Collections.Immutable;
using McpConsole.Domain.Results;

namespace McpConsole.Domain.Servers;

/// <summary>Between what is asked for and what is kept.</summary>
public static class ServerDraftMapping
{
    /// <summary>Checks the draft and makes the definition of it; masked secrets keep their stored values.</summary>
    /// <param name="stored">What the draft replaces; null for a new server.</param>
    public static Result<ServerDefinition> ToDefinition(this ServerDraft draft, ServerDefinition? stored, ServerId id, DateTimeOffset now)
    {
        var errors = ServerDraftValidator.Validate(draft, stored);
        if (!errors.IsEmpty)
        {
            return Result<ServerDefinition>.Fail(errors);
        }

        var secrets = StoredSecrets.Of(stored);
        return new ServerDefinition
        {
            Id = id,
            Name = draft.Name!.Trim(),
            Description = NullIfBlank(draft.Description),
            Launch = ToLaunch(draft, secrets),
            Transport = draft.Transport ?? DefaultTransport(draft),
            Port = draft.Port,
            Endpoint = draft.Endpoint,
            Environment = Unmask(draft.Env, secrets.Environment),
            AutoStart = draft.AutoStart,
            RecordTraffic = draft.RecordTraffic,
            Restart = draft.Restart ?? new RestartRule(),
            Limits = draft.Limits ?? ResourceLimits.None,
            Tags = draft.Tags.IsDefault ? [] : [.. draft.Tags.Distinct(StringComparer.OrdinalIgnoreCase)],
            Revision = (stored?.Revision ?? 0) + 1,
            CreatedAt = stored?.CreatedAt ?? now,
            UpdatedAt = now,
        };
    }

    /// <summary>The draft that an edit form starts from: sent back unchanged it makes the same definition. Secrets are masked.</summary>
    public static ServerDraft ToDraft(this ServerDefinition definition)
    {
        var secrets = StoredSecrets.Of(definition);
        var openApi = definition.Launch as OpenApiLaunch;
        var command = definition.Launch as CommandLaunch;
        return new ServerDraft
        {
            Name = definition.Name,
            Description = definition.Description,
            Transport = definition.Transport,
            Port = definition.Port,
            Endpoint = definition.Endpoint,
            OpenApiUrl = openApi?.Document,
            BaseUrl = openApi?.BaseUrl,
            AuthToken = secrets.AuthToken is null ? null : Secret.Mask,
            Watch = openApi?.Watch ?? false,
            Headers = Mask(secrets.Headers),
            Operations = openApi?.Operations,
            Command = command?.Argv ?? [],
            Env = Mask(secrets.Environment),
            WorkingDirectory = command?.WorkingDirectory,
            Sharing = command?.Sharing ?? StdioSharing.Shared,
            Url = (definition.Launch as RemoteLaunch)?.Url,
            AutoStart = definition.AutoStart,
            RecordTraffic = definition.RecordTraffic,
            Restart = definition.Restart,
            Limits = definition.Limits,
            Tags = definition.Tags,
        };
    }

    // A bare command is how stdio servers are published (`npx …`, `uvx …`); what serves HTTP says so.
    private static McpTransport DefaultTransport(ServerDraft draft) =>
        draft.Command.IsDefaultOrEmpty ? McpTransport.Streamable : McpTransport.Stdio;

    private static LaunchSpec ToLaunch(ServerDraft draft, StoredSecrets secrets) => draft switch
    {
        { OpenApiUrl: { } document } => new OpenApiLaunch
        {
            Document = document.Trim(),
            BaseUrl = draft.BaseUrl,
            AuthToken = draft.AuthToken switch
            {
                null or "" => null,
                Secret.Mask => secrets.AuthToken,
                var token => new Secret(token),
            },
            Headers = Unmask(draft.Headers, secrets.Headers),
            Operations = draft.Operations ?? OperationFilter.All,
            Watch = draft.Watch,
        },
        { Url: { } url } => new RemoteLaunch { Url = url, Headers = Unmask(draft.Headers, secrets.Headers) },
        _ => new CommandLaunch { Argv = draft.Command, WorkingDirectory = draft.WorkingDirectory, Sharing = draft.Sharing },
    };

    private static ImmutableSortedDictionary<string, Secret> Unmask(ImmutableSortedDictionary<string, string> given, ImmutableSortedDictionary<string, Secret> stored) =>
        given.ToImmutableSortedDictionary(e => e.Key, e => e.Value == Secret.Mask ? stored[e.Key] : new Secret(e.Value), given.KeyComparer);

    private static ImmutableSortedDictionary<string, string> Mask(ImmutableSortedDictionary<string, Secret> secrets) =>
        secrets.ToImmutableSortedDictionary(e => e.Key, _ => Secret.Mask, secrets.KeyComparer);

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
