using System.Globalization;
using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Web.Resources;
using McpConsole.Web.State;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>A server's definition, and the exact command made of it. Secrets are named, never shown.</summary>
public sealed partial class ServerConfiguration
{
    [Inject]
    public required ILaunchPreview Preview { get; init; }

    [Inject]
    internal BrowserClock Clock { get; init; } = null!;

    [Parameter, EditorRequired]
    public required ServerSnapshot Server { get; set; }

    private ServerDefinition Definition => Server.Definition;

    private IEnumerable<(string Name, string Value)> Facts =>
        All().Where(fact => !string.IsNullOrEmpty(fact.Value)).Select(fact => (fact.Name, fact.Value!));

    private IEnumerable<(string Name, string? Value)> All()
    {
        var openApi = Definition.Launch as OpenApiLaunch;
        yield return ("ServerForm.Kind", T[$"Launch.{Definition.Launch.GetType().Name}"]);
        yield return ("ServerForm.Document", openApi?.Document);
        yield return ("ServerForm.BaseUrl", openApi?.BaseUrl);
        yield return ("Server.Include", Join(openApi?.Operations.Include));
        yield return ("Server.Exclude", Join(openApi?.Operations.Exclude));
        yield return ("ServerForm.AuthToken", openApi?.AuthToken?.ToString());
        yield return ("ServerForm.Headers", Join(StoredSecrets.Of(Definition).Headers.Keys));
        yield return ("ServerForm.Url", (Definition.Launch as RemoteLaunch)?.Url);
        yield return ("ServerForm.WorkingDirectory", (Definition.Launch as CommandLaunch)?.WorkingDirectory);
        yield return ("ServerForm.Transport", T.Of(Definition.Transport));
        yield return ("ServerForm.Port", Definition.Port?.ToString(CultureInfo.InvariantCulture) ?? T["ServerForm.Port.Free"]);
        yield return ("ServerForm.Endpoint", Definition.EffectiveEndpoint);
        yield return ("ServerForm.Env", Join(Definition.Environment.Keys));
        yield return ("ServerForm.Restart", $"{T.Of(Definition.Restart.Policy)} · {T["Server.Retries", Definition.Restart.MaxRetries]}");
        yield return ("ServerForm.Memory", Definition.Limits.MemoryBytes is { } bytes ? Readable.Bytes(bytes) : null);
        yield return ("ServerForm.OpenFiles", Definition.Limits.OpenFiles?.ToString(CultureInfo.CurrentCulture));
        yield return ("ServerForm.Nice", Definition.Limits.Nice?.ToString(CultureInfo.CurrentCulture));
        yield return ("ServerForm.AutoStart", Definition.AutoStart ? T["Common.Yes"] : T["Common.No"]);
        yield return ("ServerForm.Tags", Join(Definition.Tags));
        yield return ("Server.Changed", $"{Clock.DateAndTime(Definition.UpdatedAt)} · {T["Server.Revision", Definition.Revision]}");
        yield return ("Server.Id", Definition.Id.ToString());
    }

    private static string? Join(IEnumerable<string>? words) => words is null ? null : string.Join(", ", words);
}
