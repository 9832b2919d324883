using System.Collections.Immutable;
using System.ComponentModel;
using McpConsole.Domain.Servers;

namespace McpConsole.Web.Endpoints;

/// <summary>A server as asked for. Exactly one of openapiUrl, command and url is set.</summary>
internal sealed record ServerBody
{
    [Description("Unique, regardless of case.")]
    public string? Name { get; init; }

    public string? Description { get; init; }

    [Description("What the server speaks. Default: streamable.")]
    public McpTransport? Transport { get; init; }

    [Description("The TCP port; left out, a free one is picked and kept.")]
    public int? Port { get; init; }

    [Description("The path of the MCP endpoint. Default: /mcp, or /sse for sse.")]
    public string? Endpoint { get; init; }

    [Description("An OpenAPI document: an http(s) URL or a file path on the console's machine.")]
    public string? OpenapiUrl { get; init; }

    [Description("Where calls of the API go, instead of what the document says.")]
    public string? BaseUrl { get; init; }

    [Description("The bearer token for the API behind. Answers show a mask; the mask sent back keeps the stored value.")]
    public string? AuthToken { get; init; }

    [Description("Reload the tools when the document changes.")]
    public bool Watch { get; init; }

    [Description("Sent with each call to the API behind, or to the remote server. Values are shown masked.")]
    public Dictionary<string, string>? Headers { get; init; }

    [Description("Which operations become tools.")]
    public OperationsBody? Operations { get; init; }

    [Description("The program and its arguments, never parsed by a shell; {port} stands for the server's port.")]
    public List<string>? Command { get; init; }

    [Description("Added to the process's environment. Values are shown masked.")]
    public Dictionary<string, string>? Env { get; init; }

    public string? WorkingDirectory { get; init; }

    [Description("How the sessions of a stdio server share its process.")]
    public StdioSharing Sharing { get; init; }

    [Description("The MCP endpoint of a server that runs elsewhere.")]
    public string? Url { get; init; }

    [Description("Start it with the console.")]
    public bool AutoStart { get; init; }

    [Description("Record the JSON-RPC traffic of a stdio server in its log.")]
    public bool RecordTraffic { get; init; }

    [Description("What happens when it ends by itself.")]
    public RestartBody? Restart { get; init; }

    public ResourceLimits? Limits { get; init; }

    public List<string>? Tags { get; init; }

    public ServerDraft ToDraft() => new()
    {
        Name = Name,
        Description = Description,
        Transport = Transport,
        Port = Port,
        Endpoint = Endpoint,
        OpenApiUrl = OpenapiUrl,
        BaseUrl = BaseUrl,
        AuthToken = AuthToken,
        Watch = Watch,
        Headers = Sorted(Headers),
        Operations = Operations is { } o ? new OperationFilter([.. o.Include ?? []], [.. o.Exclude ?? []]) : null,
        Command = [.. Command ?? []],
        Env = Sorted(Env),
        WorkingDirectory = WorkingDirectory,
        Sharing = Sharing,
        Url = Url,
        AutoStart = AutoStart,
        RecordTraffic = RecordTraffic,
        Restart = Restart is { } r ? new RestartRule(r.Policy, r.MaxRetries) : null,
        Limits = Limits,
        Tags = [.. Tags ?? []],
    };

    private static ImmutableSortedDictionary<string, string> Sorted(Dictionary<string, string>? map) =>
        map?.ToImmutableSortedDictionary(StringComparer.Ordinal) ?? ImmutableSortedDictionary<string, string>.Empty;
}

internal sealed record OperationsBody(IReadOnlyList<string>? Include = null, IReadOnlyList<string>? Exclude = null);

/// <param name="MaxRetries">Failed starts within ten minutes; then the server is failed.</param>
internal sealed record RestartBody(RestartPolicy Policy = RestartPolicy.OnFailure, int MaxRetries = 10);
