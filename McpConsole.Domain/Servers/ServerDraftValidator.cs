using System.Buffers;
using System.Collections.Immutable;
using McpConsole.Domain.Results;

namespace McpConsole.Domain.Servers;

/// <summary>
/// Checks a server as asked for. Every path that creates or changes a server (form, REST, import) passes through here, because a check
/// made on one path alone is a hole in the others.
/// </summary>
public static class ServerDraftValidator
{
    public const int MaxNameLength = 64;
    private const int MaxTextLength = 8192;
    private const int MaxArguments = 256;

    // The kernel refuses a longer argument or variable (MAX_ARG_STRLEN).
    private const int MaxArgumentLength = 131_071;

    private static readonly SearchValues<char> s_lineBreaks = SearchValues.Create("\0\r\n");

    // token, RFC 9110, 5.6.2.
    private static readonly SearchValues<char> s_headerName =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> s_notInPath = SearchValues.Create(" ?#\\\"<>{}");

    /// <summary>One error per wrong field, each with its <see cref="Error.Field"/>; empty when the draft can be used.</summary>
    /// <param name="stored">What the draft replaces; null for a new server. Its secrets stand in for masked ones.</param>
    public static ImmutableArray<Error> Validate(ServerDraft draft, ServerDefinition? stored)
    {
        var faults = new DraftFaults();
        CheckName(draft.Name?.Trim() ?? "", faults);
        CheckText(draft.Description, "description", 1024, faults);
        CheckLaunch(draft, faults);
        faults.AddUnless(draft.Port is null or (>= 1 and <= 65535), "port", "Port {0} is not between 1 and 65535.", draft.Port);
        CheckEndpoint(draft.Endpoint, faults);
        CheckEnvironment(draft.Env, faults);
        CheckHeaders(draft.Headers, faults);
        CheckMasks(draft, stored, faults);
        CheckTags(draft.Tags, faults);
        faults.AddUnless(draft.Restart is null or { MaxRetries: >= 0 and <= 1000 }, "restart", "restart.maxRetries must be between 0 and 1000.");
        CheckLimits(draft.Limits, faults);
        return faults.ToImmutable();
    }

    private static void CheckName(string name, DraftFaults faults)
    {
        faults.AddUnless(name.Length > 0, "name", "Give the server a name.");
        faults.AddUnless(name.Length <= MaxNameLength, "name", "The name is {0} characters long; at most {1} are allowed.", name.Length, MaxNameLength);
        faults.AddUnless(
            name.All(c => char.IsLetterOrDigit(c) || c is ' ' or '.' or '_' or '-'),
            "name",
            "A name is made of letters, digits, spaces, dots, underscores and hyphens.");

        // Wherever an id is taken, a name is too: one must never pass for the other.
        faults.AddUnless(!ServerId.TryParse(name, out _), "name", "A name must not look like an id.");
    }

    private static void CheckLaunch(ServerDraft draft, DraftFaults faults)
    {
        var openApi = draft.OpenApiUrl is not null;
        var command = !draft.Command.IsDefaultOrEmpty;
        var remote = draft.Url is not null;
        const string Choice = "Give exactly one of openapiUrl, command and url.";
        switch ((openApi ? 1 : 0) + (command ? 1 : 0) + (remote ? 1 : 0))
        {
            case 0:
                faults.Add("openapiUrl", Choice);
                return;
            case > 1:
                faults.Add(remote ? "url" : "command", Choice);
                return;
        }

        if (openApi)
        {
            CheckDocument(draft.OpenApiUrl!, faults);
        }

        if (command)
        {
            CheckCommand(draft.Command, faults);
        }

        if (remote)
        {
            faults.AddUnless(IsHttpUrl(draft.Url!), "url", "{0} is not an http or https URL.", draft.Url);
            faults.AddUnless(draft.Transport != McpTransport.Stdio, "transport", "A remote server speaks streamable or sse, not stdio.");
        }

        CheckBelonging(draft, openApi, command, remote, faults);
        faults.AddUnless(draft.BaseUrl is null || IsHttpUrl(draft.BaseUrl), "baseUrl", "{0} is not an http or https URL.", draft.BaseUrl);
        CheckText(draft.AuthToken, "authToken", MaxTextLength, faults);
        foreach (var pattern in (draft.Operations?.Include ?? []).Concat(draft.Operations?.Exclude ?? []))
        {
            faults.AddUnless(pattern is { Length: > 0 and <= 256 } && !pattern.AsSpan().ContainsAny(s_lineBreaks), "operations", "A pattern is one line of 1 to 256 characters.");
        }

        faults.AddUnless(
            draft.WorkingDirectory is null || (Path.IsPathFullyQualified(draft.WorkingDirectory) && !draft.WorkingDirectory.Contains('\0', StringComparison.Ordinal)),
            "workingDirectory",
            "The working directory must be an absolute path.");
    }

    // What would be ignored is refused: a header that is never sent is a surprise found too late.
    private static void CheckBelonging(ServerDraft draft, bool openApi, bool command, bool remote, DraftFaults faults)
    {
        const string Foreign = "{0} does not apply to a server made from {1}.";
        var kind = openApi ? "an OpenAPI document" : command ? "a command" : "a URL";
        (bool Set, bool Belongs, string Field)[] fields =
        [
            (draft.BaseUrl is not null, openApi, "baseUrl"),
            (draft.AuthToken is not null, openApi, "authToken"),
            (draft.Operations is { } o && !(o.Include.IsDefaultOrEmpty && o.Exclude.IsDefaultOrEmpty), openApi, "operations"),
            (draft.Watch, openApi, "watch"),
            (!draft.Headers.IsEmpty, openApi || remote, "headers"),
            (draft.WorkingDirectory is not null, command, "workingDirectory"),
            (!draft.Env.IsEmpty, !remote, "env"),
        ];
        foreach (var (_, _, field) in fields.Where(f => f is { Set: true, Belongs: false }))
        {
            faults.Add(field, Foreign, field, kind);
        }
    }

    private static void CheckDocument(string document, DraftFaults faults)
    {
        faults.AddUnless(document.Trim().Length > 0, "openapiUrl", "Give the URL or the file path of an OpenAPI document.");
        CheckText(document, "openapiUrl", 4096, faults);
        faults.AddUnless(!document.Contains("://", StringComparison.Ordinal) || IsHttpUrl(document), "openapiUrl", "{0} is neither an http(s) URL nor a file path.", document);
    }

    private static void CheckCommand(ImmutableArray<string> argv, DraftFaults faults)
    {
        faults.AddUnless(!string.IsNullOrWhiteSpace(argv[0]) && !argv[0].AsSpan().ContainsAny(s_lineBreaks), "command", "The command's first word, the program, is empty or broken over lines.");
        faults.AddUnless(argv.Length <= MaxArguments, "command", "The command has {0} words; at most {1} are allowed.", argv.Length, MaxArguments);
        faults.AddUnless(
            argv.All(a => a is not null && a.Length <= MaxArgumentLength && !a.Contains('\0', StringComparison.Ordinal)),
            "command",
            "A word of the command holds a NUL character or is longer than {0} characters.",
            MaxArgumentLength);
    }

    private static void CheckEndpoint(string? endpoint, DraftFaults faults) =>
        faults.AddUnless(
            endpoint is null || (endpoint.StartsWith('/') && endpoint.Length <= 256 && !endpoint.AsSpan().ContainsAny(s_notInPath) && !endpoint.Any(char.IsControl)),
            "endpoint",
            "The endpoint is a path that begins with a slash, without spaces, query or fragment, for example /mcp.");

    private static void CheckEnvironment(ImmutableSortedDictionary<string, string> environment, DraftFaults faults)
    {
        faults.AddUnless(environment.Count <= MaxArguments, "env", "There are {0} variables; at most {1} are allowed.", environment.Count, MaxArguments);
        foreach (var (name, value) in environment)
        {
            faults.AddUnless(
                name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'),
                "env",
                "{0} is not the name of a variable: letters, digits and underscores, not beginning with a digit.",
                name);

            // Line breaks are allowed here: keys in PEM form are handed over in variables.
            faults.AddUnless(
                value is { Length: <= MaxArgumentLength } && !value.Contains('\0', StringComparison.Ordinal),
                "env",
                "The value of {0} is missing, too long, or holds a NUL character.",
                name);
        }
    }

    private static void CheckHeaders(ImmutableSortedDictionary<string, string> headers, DraftFaults faults)
    {
        faults.AddUnless(headers.Count <= 64, "headers", "There are {0} headers; at most 64 are allowed.", headers.Count);
        foreach (var (name, value) in headers)
        {
            faults.AddUnless(name.Length is > 0 and <= 128 && !name.AsSpan().ContainsAnyExcept(s_headerName), "headers", "{0} is not the name of a header.", name);
            faults.AddUnless(
                value is { Length: <= MaxTextLength } && !value.AsSpan().ContainsAny(s_lineBreaks),
                "headers",
                "The value of {0} is missing, too long, or broken over lines.",
                name);
        }
    }

    private static void CheckMasks(ServerDraft draft, ServerDefinition? stored, DraftFaults faults)
    {
        var secrets = StoredSecrets.Of(stored);
        const string Nothing = "There is no stored value to keep for {0}. Give the value itself.";
        faults.AddUnless(draft.AuthToken != Secret.Mask || secrets.AuthToken is not null, "authToken", Nothing, "authToken");
        foreach (var name in draft.Headers.Where(h => h.Value == Secret.Mask && !secrets.Headers.ContainsKey(h.Key)).Select(h => h.Key))
        {
            faults.Add("headers", Nothing, name);
        }

        foreach (var name in draft.Env.Where(e => e.Value == Secret.Mask && !secrets.Environment.ContainsKey(e.Key)).Select(e => e.Key))
        {
            faults.Add("env", Nothing, name);
        }
    }

    private static void CheckTags(ImmutableArray<string> tags, DraftFaults faults)
    {
        if (tags.IsDefault)
        {
            return;
        }

        faults.AddUnless(tags.Length <= 20, "tags", "There are {0} tags; at most 20 are allowed.", tags.Length);
        faults.AddUnless(
            tags.All(t => t is { Length: > 0 and <= 32 } && t.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or ':')),
            "tags",
            "A tag has 1 to 32 letters, digits, dots, underscores, hyphens or colons.");
    }

    private static void CheckLimits(ResourceLimits? limits, DraftFaults faults)
    {
        const long MinMemory = 1 << 20;
        faults.AddUnless(limits?.MemoryBytes is null or >= MinMemory, "limits", "The memory limit is below one mebibyte.");
        faults.AddUnless(limits?.OpenFiles is null or (>= 16 and <= 1_048_576), "limits", "The limit on open files must be between 16 and 1048576.");
        faults.AddUnless(limits?.Nice is null or (>= -20 and <= 19), "limits", "The priority must be between -20 and 19.");
    }

    private static void CheckText(string? text, string field, int limit, DraftFaults faults)
    {
        faults.AddUnless(text is null || text.Length <= limit, field, "{0} is longer than {1} characters.", field, limit);
        faults.AddUnless(text is null || !text.AsSpan().ContainsAny(s_lineBreaks), field, "{0} must be one line.", field);
    }

    private static bool IsHttpUrl(string text) =>
        text.Length <= 4096 && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && !text.AsSpan().ContainsAny(s_lineBreaks);
}
