using McpConsole.Domain.Accounts;
using McpConsole.Web.Accounts;
using McpConsole.Web.State;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace McpConsole.Web.Components.Dialogs;

/// <summary>Makes a user.</summary>
public sealed partial class UserDialog
{
    private FormErrors _errors = FormErrors.None;
    private string? _userName;
    private string? _password;
    private Role _role = Role.Developer;

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required IAccounts Accounts { get; init; }

    [Inject]
    internal CurrentUser User { get; init; } = null!;

    private async Task CreateAsync()
    {
        var result = await Accounts.CreateAsync(_userName ?? "", _password ?? "", _role, await User.ActorAsync(), CancellationToken.None);
        _errors = new(result.Errors);
        if (result.IsOk)
        {
            Dialogs.Close(true);
        }
    }
}
