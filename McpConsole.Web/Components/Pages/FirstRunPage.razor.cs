using McpConsole.Domain.Accounts;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Pages;

/// <summary>Makes the first administrator, with the code that the terminal printed. Gone once an account exists.</summary>
public sealed partial class FirstRunPage
{
    [Inject]
    public required IFirstRun FirstRun { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [SupplyParameterFromQuery]
    private string? Code { get; set; }

    [SupplyParameterFromQuery]
    private string? UserName { get; set; }

    [SupplyParameterFromQuery]
    private string? Error { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (!await FirstRun.IsNeededAsync(CancellationToken.None))
        {
            Navigation.NavigateTo("account/sign-in");
        }
    }
}
