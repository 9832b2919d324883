namespace McpConsole.Web.Security;

/// <summary>Keeps a redirect on this site: a link may not use the sign-in page as a springboard to another one.</summary>
internal static class LocalRedirect
{
    /// <summary>The path asked for when it is one of this site, else the start page.</summary>
    public static string Safe(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) ? path : "/";
}
