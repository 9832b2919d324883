using System.Security.Cryptography;
using System.Text;

namespace McpConsole.Infrastructure.Database;

/// <summary>Where PostgreSQL's Unix socket stands: in the cluster's folder, or in a short private one when that path is too long for it.</summary>
internal static class SocketFolder
{
    private const string SocketName = ".s.PGSQL.5432";

    // sun_path holds 108 bytes with the closing zero.
    private const int LongestPath = 107;

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static string For(string cluster, bool privileged)
    {
        // A comma would separate two hosts in a connection string.
        if (Encoding.UTF8.GetByteCount(Path.Combine(cluster, SocketName)) <= LongestPath && !cluster.Contains(',', StringComparison.Ordinal))
        {
            return cluster;
        }

        var name = "mcpconsole-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cluster)))[..16];
        return Path.Combine(privileged ? "/run" : UserRuntimeFolder() ?? Path.GetTempPath(), name);
    }

    /// <exception cref="DatabaseUnavailableException">Somebody else made it, or it is a link: a socket in it could be theirs.</exception>
    public static async Task CreateAsync(string folder, PostgresUser? user, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder, Private);
        if (user is not null)
        {
            await user.TakeOverAsync(folder, cancellationToken);
            return;
        }

        var state = await ShortCommand.RunAsync(["stat", "-c", "%F %a %U", folder], cancellationToken);
        if (state != $"directory 700 {Environment.UserName}")
        {
            throw new DatabaseUnavailableException($"The folder {folder} for PostgreSQL's socket is not private to this user ({state}). Remove it.");
        }
    }

    private static string? UserRuntimeFolder() =>
        Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 and < 60 } folder && Directory.Exists(folder) ? folder : null;
}
