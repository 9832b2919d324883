using McpConsole.Domain.Accounts;
using McpConsole.Web.Accounts;
using McpConsole.Web.State;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace McpConsole.Web.Components.Dialogs;

/// <summary>Makes an API token, and shows it this once.</summary>
public sealed partial class TokenDialog
{
    private FormErrors _errors = FormErrors.None;
    private string? _name;
    private string? _expires;
    private Role _role = Role.Viewer;
    private NewApiToken? _made;

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required IApiTokens Tokens { get; init; }

    [Inject]
    internal CurrentUser User { get; init; } = null!;

    [Inject]
    internal BrowserClock Clock { get; init; } = null!;

    private async Task CreateAsync()
    {
        var result = await Tokens.CreateAsync(_name ?? "", _role, Clock.FromLocal(_expires), await User.ActorAsync(), CancellationToken.None);
        (_made, _errors) = (result.IsOk ? result.Value : null, new(result.Errors));
    }
}
