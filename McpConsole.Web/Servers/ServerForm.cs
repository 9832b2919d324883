using System.Collections.Immutable;
using System.Globalization;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;

namespace McpConsole.Web.Servers;

/// <summary>What the server form holds while it is filled in; <see cref="ToDraft"/> makes of it what the commands take.</summary>
public sealed class ServerForm
{
    private const long Megabyte = 1 << 20;

    public LaunchKind Kind { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    public string? Document { get; set; }

    public string? BaseUrl { get; set; }

    public string? AuthToken { get; set; }

    public bool Watch { get; set; }

    public string? Command { get; set; }

    public string? WorkingDirectory { get; set; }

    public StdioSharing Sharing { get; set; }

    public string? Url { get; set; }

    public List<NamedValue> Headers { get; } = [];

    public List<NamedValue> Env { get; } = [];

    public McpTransport Transport { get; set; }

    public string? Port { get; set; }

    public string? Endpoint { get; set; }

    public bool AutoStart { get; set; } = true;

    public bool RecordTraffic { get; set; }

    public RestartPolicy RestartPolicy { get; set; }

    public string? MaxRetries { get; set; } = new RestartRule().MaxRetries.ToString(CultureInfo.InvariantCulture);

    public string? MemoryMegabytes { get; set; }

    public string? OpenFiles { get; set; }

    public string? Nice { get; set; }

    public string? Tags { get; set; }

    public static ServerForm Of(ServerDraft draft)
    {
        var form = new ServerForm
        {
            Kind = draft.OpenApiUrl is not null ? LaunchKind.OpenApi : draft.Url is not null ? LaunchKind.Remote : LaunchKind.Command,
            Name = draft.Name,
            Description = draft.Description,
            Document = draft.OpenApiUrl,
            BaseUrl = draft.BaseUrl,
            AuthToken = draft.AuthToken,
            Watch = draft.Watch,
            Command = string.Join(' ', draft.Command.Select(ShellLine.Quote)),
            WorkingDirectory = draft.WorkingDirectory,
            Sharing = draft.Sharing,
            Url = draft.Url,
            Transport = draft.Transport ?? McpTransport.Streamable,
            Port = Text(draft.Port),
            Endpoint = draft.Endpoint,
            AutoStart = draft.AutoStart,
            RecordTraffic = draft.RecordTraffic,
            RestartPolicy = draft.Restart?.Policy ?? RestartPolicy.OnFailure,
            MaxRetries = Text(draft.Restart?.MaxRetries ?? new RestartRule().MaxRetries),
            MemoryMegabytes = Text(draft.Limits?.MemoryBytes / Megabyte),
            OpenFiles = Text(draft.Limits?.OpenFiles),
            Nice = Text(draft.Limits?.Nice),
            Tags = string.Join(", ", draft.Tags),
        };
        form.Headers.AddRange(draft.Headers.Select(h => new NamedValue { Name = h.Key, Value = h.Value }));
        form.Env.AddRange(draft.Env.Select(e => new NamedValue { Name = e.Key, Value = e.Value }));
        return form;
    }

    /// <param name="operations">Which operations of the document become tools.</param>
    public ServerDraft ToDraft(OperationFilter operations)
    {
        var (openApi, command, remote) = (Kind == LaunchKind.OpenApi, Kind == LaunchKind.Command, Kind == LaunchKind.Remote);
        return new ServerDraft
        {
            Name = Name,
            Description = NullIfBlank(Description),
            Transport = Transport,
            Port = remote ? null : Number(Port),
            Endpoint = remote ? null : NullIfBlank(Endpoint),
            OpenApiUrl = openApi ? Document ?? "" : null,
            BaseUrl = openApi ? NullIfBlank(BaseUrl) : null,
            AuthToken = openApi ? NullIfBlank(AuthToken) : null,
            Watch = openApi && Watch,
            Operations = openApi ? operations : null,
            Command = command ? CommandWords.Split(Command) is { IsEmpty: false } words ? words : [""] : [],
            WorkingDirectory = command ? NullIfBlank(WorkingDirectory) : null,
            Sharing = command ? Sharing : StdioSharing.Shared,
            Url = remote ? Url ?? "" : null,
            Headers = command ? ImmutableSortedDictionary<string, string>.Empty : Map(Headers),
            Env = remote ? ImmutableSortedDictionary<string, string>.Empty : Map(Env),
            AutoStart = AutoStart,
            RecordTraffic = RecordTraffic && Transport == McpTransport.Stdio,
            Restart = new RestartRule(RestartPolicy, Number(MaxRetries) ?? new RestartRule().MaxRetries),
            Limits = remote ? null : new ResourceLimits(Number(MemoryMegabytes) * Megabyte, Number(OpenFiles), Number(Nice)),
            Tags = [.. (Tags ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
        };
    }

    // What is no number is out of every range, so that the check of the range names the field.
    private static int? Number(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : int.MinValue;

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static ImmutableSortedDictionary<string, string> Map(IEnumerable<NamedValue> pairs) =>
        pairs.Where(pair => !string.IsNullOrWhiteSpace(pair.Name)).GroupBy(pair => pair.Name.Trim()).ToImmutableSortedDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal);
}
