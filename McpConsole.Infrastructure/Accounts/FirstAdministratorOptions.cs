namespace McpConsole.Infrastructure.Accounts;

/// <summary>The administrator of an unattended first start; without effect once an account exists.</summary>
public sealed class FirstAdministratorOptions
{
    /// <summary><c>MCPCONSOLE_ADMIN_USER</c>.</summary>
    public string? UserName { get; set; }

    /// <summary><c>MCPCONSOLE_ADMIN_PASSWORD</c>.</summary>
    public string? Password { get; set; }

    /// <summary><c>MCPCONSOLE_ADMIN_TOKEN</c>: an API token with the role Administrator.</summary>
    public string? Token { get; set; }
}
