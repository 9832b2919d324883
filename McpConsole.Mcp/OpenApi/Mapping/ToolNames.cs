using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace McpConsole.Mcp.OpenApi.Mapping;

/// <summary>
/// Gives names that every client takes: at most 64 characters of <c>[A-Za-z0-9_-]</c> (the limit of model APIs, tighter than that of MCP),
/// unique in their scope. A name depends on what it is made of, not on its neighbours: a cut or clashing one gets a hash of its origin.
/// </summary>
internal sealed class ToolNames
{
    public const int MaxLength = 64;

    private const int HashLength = 8;

    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private readonly HashSet<string> _taken = [];

    /// <param name="wanted">The name to stay close to.</param>
    /// <param name="origin">What tells this one from every other, such as method and path.</param>
    public string Take(string wanted, string origin)
    {
        var name = Clean(wanted);
        if (name.Length is > 0 and <= MaxLength && _taken.Add(name))
        {
            return name;
        }

        // Two things of one origin (a document that repeats itself) still get two names.
        for (var attempt = origin; ; attempt += "'")
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(attempt)).AsSpan(0, HashLength / 2));
            var stem = name.Length > MaxLength - HashLength - 1 ? name[..(MaxLength - HashLength - 1)] : name;
            var unique = stem.Length == 0 ? $"op_{hash}" : $"{stem}_{hash}";
            if (_taken.Add(unique))
            {
                return unique;
            }
        }
    }

    /// <summary>Every run of other characters becomes one underscore; none at the ends. An allowed name stays as it is.</summary>
    public static string Clean(string text)
    {
        if (text.AsSpan().IndexOfAnyExcept(s_allowed) < 0)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (s_allowed.Contains(c))
            {
                clean.Append(c);
            }
            else if (clean.Length > 0 && clean[^1] != '_')
            {
                clean.Append('_');
            }
        }

        return clean.ToString().Trim('_');
    }
}
