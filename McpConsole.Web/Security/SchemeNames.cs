namespace McpConsole.Web.Security;

/// <summary>The authentication schemes.</summary>
internal static class SchemeNames
{
    /// <summary>Picks one of the others by what a request carries.</summary>
    public const string Any = "Any";

    public const string Cookie = "Cookie";

    public const string Token = "Token";
}
