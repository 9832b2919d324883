using McpConsole.Domain.Processes;
using McpConsole.Domain.Servers;
using McpConsole.Domain.Tools;
using McpConsole.Web.Accounts;
using McpConsole.Web.Servers;
using McpConsole.Web.State;
using McpConsole.Web.Tools;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Pages;

/// <summary>Creates or changes a server, beside the exact command that it will be.</summary>
public sealed partial class ServerFormPage
{
    private const string ExampleCommand = "npx -y @modelcontextprotocol/server-everything";

    // Errors of other fields stand above the form.
    private static readonly string[] s_fields =
    [
        "name", "description", "openapiUrl", "command", "workingDirectory", "url", "port", "endpoint", "baseUrl", "authToken", "headers", "env",
        "restart", "tags", "limits",
    ];

    private ServerForm _form = new();
    private DocumentPresenter _document = null!;
    private FormErrors _errors = FormErrors.None;
    private ServerSnapshot? _stored;
    private LaunchPlan? _plan;
    private bool _missing;
    private bool _saving;

    [Inject]
    public required IServerCatalog Catalog { get; init; }

    [Inject]
    public required IServerCommands Commands { get; init; }

    [Inject]
    public required IDocumentInspector Inspector { get; init; }

    [Inject]
    public required ILaunchPreview Preview { get; init; }

    [Inject]
    internal CurrentUser User { get; init; } = null!;

    [Inject]
    internal Toasts Toasts { get; init; } = null!;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Parameter]
    public string? Id { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _document = Own(new DocumentPresenter(Inspector));
        if (Id is null)
        {
            return;
        }

        _stored = Catalog.Find(Id);
        _missing = _stored is null;
        if (_stored is not null)
        {
            var draft = _stored.Definition.ToDraft();
            _form = ServerForm.Of(draft);
            _document.UseFilter(draft.Operations ?? OperationFilter.All);
            Plan();
            await InspectAsync();
        }
    }

    private void SetKind(LaunchKind kind)
    {
        _form.Kind = kind;

        // A bare command is how stdio servers are published; what serves HTTP says so.
        _form.Transport = kind == LaunchKind.Command ? McpTransport.Stdio : McpTransport.Streamable;
        _errors = FormErrors.None;
        Plan();
    }

    private async Task InspectAsync()
    {
        Plan();
        if (_form.Kind == LaunchKind.OpenApi)
        {
            await _document.InspectAsync(_form.Document);
            Plan();
        }
    }

    // Shows the command as soon as the draft can be one; its faults are told when it is saved, not while it is typed.
    private void Plan()
    {
        var draft = _form.ToDraft(_document.Filter);
        var named = string.IsNullOrWhiteSpace(draft.Name) ? draft with { Name = "new" } : draft;
        var definition = named.ToDefinition(_stored?.Definition, _stored?.Id ?? default, Time.GetUtcNow());
        _plan = definition.IsOk ? Preview.Preview(definition.Value) : null;
    }

    private async Task SaveAsync(bool start)
    {
        _saving = true;
        var draft = _form.ToDraft(_document.Filter);
        var actor = await User.ActorAsync();
        var saved = _stored is { } stored
            ? await Commands.UpdateAsync(stored.Id, draft, actor, CancellationToken.None)
            : await Commands.CreateAsync(draft, actor, CancellationToken.None);
        _saving = false;
        _errors = new(saved.Errors);
        if (saved.IsOk)
        {
            await LeaveAsync(saved.Value, start);
        }
    }

    private async Task LeaveAsync(ServerSnapshot server, bool start)
    {
        Toasts.Done(_stored is null ? T["ServerForm.Created", server.Name] : T["ServerForm.Saved", server.Name]);
        if (start && (await Commands.StartAsync(server.Id, await User.ActorAsync(), wait: false, CancellationToken.None)).Error is { } error)
        {
            Toasts.Failed(error, T["Servers.Start.Failed", server.Name]);
        }

        Navigation.NavigateTo($"servers/{server.Id}");
    }
}
