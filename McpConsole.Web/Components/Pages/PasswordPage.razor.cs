using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components.Pages;

/// <summary>Where everyone changes their own password: a plain form, since it sets a cookie.</summary>
public sealed partial class PasswordPage
{
    [SupplyParameterFromQuery]
    private bool Changed { get; set; }

    [SupplyParameterFromQuery]
    private string? Error { get; set; }
}
