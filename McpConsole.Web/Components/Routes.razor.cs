using System.Net;
using McpConsole.Web.Accounts;
using Microsoft.AspNetCore.Components;

namespace McpConsole.Web.Components;

/// <summary>The circuit's root: finds the page of a URL, for those who may see it.</summary>
public sealed partial class Routes
{
    [Inject]
    internal CurrentUser User { get; init; } = null!;

    /// <summary>The browser's address, for the audit log.</summary>
    [Parameter]
    public string? Address { get; set; }

    protected override void OnInitialized() => User.Address = IPAddress.TryParse(Address, out var address) ? address : null;
}
