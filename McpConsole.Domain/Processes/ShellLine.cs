using System.Text;

namespace McpConsole.Domain.Processes;

/// <summary>Writes a plan as one line for a POSIX shell.</summary>
public static class ShellLine
{
    /// <summary>
    /// The line does the same when pasted. A secret stands as <c>NAME="${NAME:?}"</c>: whoever runs it exports the value first, and the
    /// shell names it when it is missing.
    /// </summary>
    public static string Format(LaunchPlan plan)
    {
        var line = new StringBuilder();
        if (plan.WorkingDirectory is { } directory)
        {
            line.Append("cd ").Append(Quote(directory)).Append(" && ");
        }

        foreach (var (name, value) in plan.Environment)
        {
            line.Append(name).Append('=').Append(Quote(value)).Append(' ');
        }

        foreach (var name in plan.SecretEnvironment.Keys)
        {
            line.Append(name).Append("=\"${").Append(name).Append(":?}\" ");
        }

        return line.AppendJoin(' ', plan.Argv.Select(Quote)).ToString();
    }

    /// <summary>
    /// Quotes for a POSIX shell (IEEE 1003.1, 2.2.2): plain words stay as they are, the rest stands between single quotes, where a
    /// single quote is written as quote, backslash, quote, quote.
    /// </summary>
    public static string Quote(string word)
    {
        var plain = word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "_-./:,@%+".Contains(c, StringComparison.Ordinal));
        return plain ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }
}
