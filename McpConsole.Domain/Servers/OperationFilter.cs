using System.Collections.Immutable;

namespace McpConsole.Domain.Servers;

/// <summary>
/// Picks operations of an OpenAPI document. A pattern is an operation id, a tool name, <c>tag:NAME</c>, <c>METHOD /path</c> or a path;
/// <c>*</c> stands for any run of characters, case does not matter. An operation is kept when an include matches (or there is none) and no
/// exclude does.
/// </summary>
public sealed record OperationFilter(ImmutableArray<string> Include, ImmutableArray<string> Exclude)
{
    public static OperationFilter All { get; } = new([], []);

    public bool Keeps(string operationId, string? toolName, string method, string path, IEnumerable<string> tags)
    {
        string[] names = [operationId, toolName ?? operationId, path, $"{method} {path}", .. tags.Select(tag => $"tag:{tag}")];
        return (Include.IsDefaultOrEmpty || Include.Any(Matches)) && (Exclude.IsDefaultOrEmpty || !Exclude.Any(Matches));

        bool Matches(string pattern) => Array.Exists(names, name => IsMatch(pattern, name));
    }

    // Greedy with one place to come back to: linear, whatever the pattern.
    private static bool IsMatch(string pattern, string text)
    {
        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && char.ToUpperInvariant(pattern[p]) == char.ToUpperInvariant(text[t]))
            {
                (p, t) = (p + 1, t + 1);
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimEnd('*').IsEmpty;
    }
}
