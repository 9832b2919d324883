using McpConsole.Domain.Accounts;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Pages;

/// <summary>A plain form, since it sets a cookie. While no account exists there is nothing to sign in to: it says how to make one.</summary>
public sealed partial class SignInPage
{
    [Inject]
    public required IFirstRun FirstRun { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery]
    private string? UserName { get; set; }

    [SupplyParameterFromQuery]
    private string? Error { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (await FirstRun.IsNeededAsync(CancellationToken.None))
        {
            Navigation.NavigateTo("setup");
        }
    }
}
