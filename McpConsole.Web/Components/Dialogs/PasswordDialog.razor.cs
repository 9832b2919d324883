using McpConsole.Domain.Accounts;
using McpConsole.Web.Accounts;
using McpConsole.Web.State;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace McpConsole.Web.Components.Dialogs;

/// <summary>Sets a user's password.</summary>
public sealed partial class PasswordDialog
{
    private FormErrors _errors = FormErrors.None;
    private string? _password;

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required IAccounts Accounts { get; init; }

    [Inject]
    internal CurrentUser Me { get; init; } = null!;

    [Inject]
    internal Toasts Toasts { get; init; } = null!;

    [Parameter, EditorRequired]
    public required UserInfo User { get; set; }

    private async Task SetAsync()
    {
        var result = await Accounts.SetPasswordAsync(User.Id, _password ?? "", await Me.ActorAsync(), CancellationToken.None);
        _errors = new(result.Errors);
        if (result.IsOk)
        {
            Toasts.Done(T["Users.PasswordSet", User.UserName]);
            Dialogs.Close(true);
        }
    }
}
