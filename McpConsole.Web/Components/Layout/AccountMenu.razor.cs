using McpConsole.Domain.Accounts;
using McpConsole.Web.Accounts;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Layout;

/// <summary>Who is signed in, their password, and the way out.</summary>
public sealed partial class AccountMenu
{
    private Role _role;

    [Inject]
    internal CurrentUser User { get; init; } = null!;

    [Parameter, EditorRequired]
    public required string? UserName { get; set; }

    protected override async Task OnInitializedAsync() => _role = (await User.ActorAsync()).Role;
}
