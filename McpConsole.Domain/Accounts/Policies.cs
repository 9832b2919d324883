namespace McpConsole.Domain.Accounts;

/// <summary>Names of the authorization policies on pages, endpoints and hub methods, one for each role.</summary>
public static class Policies
{
    public const string View = nameof(View);

    public const string Operate = nameof(Operate);

    public const string Administer = nameof(Administer);
}
