using System.Text.RegularExpressions;

namespace McpConsole.Infrastructure.Database;

/// <summary>Lets what a user types stand for itself in an SQL pattern.</summary>
internal static partial class LikePattern
{
    public const string EscapeCharacter = "\\";

    public static string Escape(string text) => Special().Replace(text, @"\$0");

    [GeneratedRegex(@"[\\%_]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Special();
}
