namespace McpConsole.Infrastructure.Database;

internal static class StoredText
{
    /// <summary>PostgreSQL's text cannot hold U+0000, which a program's output can.</summary>
    public static string WithoutNul(this string text) => text.Replace('\0', '\uFFFD');
}
