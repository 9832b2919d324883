using System.Collections.Immutable;
using McpConsole.Domain.Accounts;
using McpConsole.Domain.Results;
using McpConsole.Web.Accounts;
using McpConsole.Web.Components.Dialogs;
using McpConsole.Web.State;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace McpConsole.Web.Components.Controls;

/// <summary>Who may sign in, and as what.</summary>
public sealed partial class UserList
{
    private ImmutableArray<UserInfo>? _users;
    private ImmutableArray<Error> _errors = [];
    private Actor? _me;

    [Inject]
    public required IAccounts Accounts { get; init; }

    [Inject]
    internal CurrentUser User { get; init; } = null!;

    [Inject]
    internal BrowserClock Clock { get; init; } = null!;

    [Inject]
    internal Toasts Toasts { get; init; } = null!;

    [Inject]
    internal Asking Asking { get; init; } = null!;

    [Inject]
    public required DialogService Dialogs { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _me = await User.ActorAsync();
        await LoadAsync();
    }

    private bool IsMe(UserInfo user) => string.Equals(user.UserName, _me?.Name, StringComparison.OrdinalIgnoreCase);

    private async Task LoadAsync()
    {
        var result = await Accounts.ListAsync(_me!, CancellationToken.None);
        (_users, _errors) = (result.IsOk ? result.Value : null, result.Errors);
    }

    private async Task AddAsync()
    {
        if (await Dialogs.OpenAsync<UserDialog>(T["Users.Add"], [], DialogShapes.Small) is true)
        {
            await LoadAsync();
        }
    }

    private async Task SetPasswordAsync(UserInfo user) => await Dialogs.OpenAsync<PasswordDialog>(
        T["Users.PasswordOf", user.UserName], new Dictionary<string, object?> { [nameof(PasswordDialog.User)] = user }, DialogShapes.Small);

    private async Task SetRoleAsync(UserInfo user, Role role) =>
        await ReportAsync(await Accounts.SetRoleAsync(user.Id, role, _me!, CancellationToken.None), T["Users.RoleSet", user.UserName, T[$"Role.{role}"]]);

    private async Task SetDisabledAsync(UserInfo user)
    {
        var result = await Accounts.SetDisabledAsync(user.Id, !user.Disabled, _me!, CancellationToken.None);
        await ReportAsync(result, T[user.Disabled ? "Users.EnabledDone" : "Users.DisabledDone", user.UserName]);
    }

    private async Task DeleteAsync(UserInfo user)
    {
        if (await Asking.ConfirmAsync(T["Users.Delete.Question", user.UserName], T["Users.Delete.Consequence"], T["Common.Delete"]))
        {
            await ReportAsync(await Accounts.DeleteAsync(user.Id, _me!, CancellationToken.None), T["Users.Deleted", user.UserName]);
        }
    }

    private async Task ReportAsync<TValue>(Result<TValue> result, string done)
    {
        if (result.Error is { } error)
        {
            Toasts.Failed(error);
        }
        else
        {
            Toasts.Done(done);
        }

        await LoadAsync();
    }
}
