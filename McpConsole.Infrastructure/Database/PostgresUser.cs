namespace McpConsole.Infrastructure.Database;

/// <summary>Who PostgreSQL runs as when the console runs as root, which PostgreSQL refuses to.</summary>
internal sealed record PostgresUser(string Uid, string Gid)
{
    /// <summary>The prefix that makes a command run as this user.</summary>
    public IEnumerable<string> Prefix => ["setpriv", $"--reuid={Uid}", $"--regid={Gid}", "--clear-groups"];

    /// <summary>Null when the console does not run as root: then PostgreSQL runs as the console's own user.</summary>
    /// <param name="folder">Its owner goes on to be the user, unless that is root.</param>
    public static async Task<PostgresUser?> ForAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var owner = (await ShortCommand.RunAsync(["stat", "-c", "%u %g", folder], cancellationToken)).Split(' ');
        return owner[0] == "0" ? Unprivileged(await File.ReadAllLinesAsync("/etc/passwd", cancellationToken)) : new(owner[0], owner[1]);
    }

    public Task TakeOverAsync(string folder, CancellationToken cancellationToken) =>
        ShortCommand.RunAsync(["chown", "-R", $"{Uid}:{Gid}", folder], cancellationToken);

    // postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash
    private static PostgresUser Unprivileged(IEnumerable<string> passwd)
    {
        var users = passwd.Select(line => line.Split(':')).Where(fields => fields.Length >= 4).ToLookup(fields => fields[0], StringComparer.Ordinal);
        var user = users["postgres"].Concat(users["nobody"]).FirstOrDefault()
            ?? throw new DatabaseUnavailableException("PostgreSQL does not run as root, and there is no user «postgres» or «nobody». Add one.");
        return new(user[2], user[3]);
    }
}
