using System.Collections.Immutable;
using System.Text;

namespace McpConsole.Web.Servers;

/// <summary>
/// Takes a command line, as people copy it from a manual, apart into words: single quotes, double quotes and backslashes as in a shell,
/// nothing else (no variables, no globs). The words are shown before anything is made of them.
/// </summary>
internal static class CommandWords
{
    public static ImmutableArray<string> Split(string? line)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        var (inWord, quote) = (false, '\0');
        for (var i = 0; i < line?.Length; i++)
        {
            var c = line[i];
            if (c == '\\' && quote != '\'' && i + 1 < line.Length)
            {
                word.Append(line[++i]);
                inWord = true;
            }
            else if (c == quote)
            {
                quote = '\0';
            }
            else if (quote != '\0')
            {
                word.Append(c);
            }
            else if (c is '\'' or '"')
            {
                (quote, inWord) = (c, true);
            }
            else if (!char.IsWhiteSpace(c))
            {
                word.Append(c);
                inWord = true;
            }
            else if (inWord)
            {
                words.Add(word.ToString());
                word.Clear();
                inWord = false;
            }
        }

        if (inWord)
        {
            words.Add(word.ToString());
        }

        return words.ToImmutable();
    }
}
