using System.Collections.Immutable;
using McpConsole.Domain.Results;

namespace McpConsole.Web.Endpoints;

/// <summary>Reads the words of an enumeration from a query.</summary>
internal static class Words
{
    /// <summary>Words parted by commas, regardless of case.</summary>
    public static (ImmutableArray<T> Values, ImmutableArray<Error> Errors) Parse<T>(string? text, string field)
        where T : struct, Enum
    {
        var values = ImmutableArray.CreateBuilder<T>();
        foreach (var word in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // A number would parse too, and means nothing to a reader.
            if (char.IsAsciiDigit(word[0]) || word[0] is '-' or '+' || !Enum.TryParse<T>(word, ignoreCase: true, out var value))
            {
                var known = string.Join(", ", Enum.GetNames<T>().Select(n => char.ToLowerInvariant(n[0]) + n[1..]));
                return ([], [new Error("query.word", ErrorKind.Invalid, "{0} is not one of {1}.", word, known).At(field)]);
            }

            values.Add(value);
        }

        return (values.ToImmutable(), []);
    }
}
