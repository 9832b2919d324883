using System.Globalization;
using System.Text.RegularExpressions;

namespace McpConsole.Infrastructure.Database;

/// <summary>An installed PostgreSQL: the folder with <c>initdb</c> and <c>postgres</c>.</summary>
internal sealed partial record PostgresPrograms(string Folder, int Major)
{
    // Where Debian, Red Hat and a build from source put them; none of these is in PATH.
    private static readonly (string Parent, string Pattern)[] s_places =
        [("/usr/lib/postgresql", "*"), ("/usr", "pgsql-*"), ("/usr/local", "pgsql"), ("/opt", "postgresql*")];

    public string Initdb => Path.Combine(Folder, "initdb");

    public string Postgres => Path.Combine(Folder, "postgres");

    /// <summary>The newest version installed, or the one that an existing cluster needs.</summary>
    /// <param name="cluster">The major version that made the cluster; null when there is none yet.</param>
    /// <exception cref="DatabaseUnavailableException">It is not installed; the message says what to install.</exception>
    public static async Task<PostgresPrograms> FindAsync(int? cluster, CancellationToken cancellationToken)
    {
        var found = new List<PostgresPrograms>();
        foreach (var folder in Folders().Distinct(StringComparer.Ordinal).Where(folder => File.Exists(Path.Combine(folder, "initdb"))))
        {
            // postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)
            var text = await ShortCommand.RunAsync([Path.Combine(folder, "postgres"), "--version"], cancellationToken);
            if (Version().Match(text) is { Success: true } match)
            {
                found.Add(new(folder, int.Parse(match.ValueSpan, CultureInfo.InvariantCulture)));
            }
        }

        return found.Where(programs => cluster is null || programs.Major == cluster).MaxBy(programs => programs.Major)
            ?? throw new DatabaseUnavailableException(Missing(cluster, found));
    }

    private static IEnumerable<string> Folders() =>
        s_places
            .Where(place => Directory.Exists(place.Parent))
            .SelectMany(place => Directory.EnumerateDirectories(place.Parent, place.Pattern))
            .Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries));

    private static string Missing(int? cluster, IReadOnlyCollection<PostgresPrograms> found) => cluster switch
    {
        null => "PostgreSQL is not installed. Install it (Debian, Ubuntu: apt install postgresql; Fedora: dnf install postgresql-server), "
            + "or set ConnectionStrings__Console to a PostgreSQL server.",
        { } major when found.Count == 0 => $"PostgreSQL {major} is not installed any more. Install it (Debian, Ubuntu: apt install postgresql-{major}).",
        { } major => $"The data folder was made by PostgreSQL {major}, and only {string.Join(", ", found.Select(p => p.Major))} is installed. "
            + $"Install PostgreSQL {major} beside it, or move the data with pg_upgrade.",
    };

    [GeneratedRegex(@"(?<=\) )\d+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Version();
}
