using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Controls;

/// <summary>Takes a reader whose sign-in has ended to the sign-in page, and back here after it.</summary>
public sealed partial class SignInAgain
{
    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override void OnInitialized()
    {
        var here = "/" + Navigation.ToBaseRelativePath(Navigation.Uri);
        Navigation.NavigateTo($"account/sign-in?returnUrl={Uri.EscapeDataString(here)}", forceLoad: true);
    }
}
