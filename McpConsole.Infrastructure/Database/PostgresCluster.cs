using System.Globalization;
using Npgsql;

namespace McpConsole.Infrastructure.Database;

/// <summary>The private PostgreSQL's folder: what stands in it and how its programs are started.</summary>
internal sealed class PostgresCluster(DataFolder data)
{
    // The folder travels as an open descriptor: the user that PostgreSQL runs as need not be able to enter the folders above it.
    private const string Here = "/proc/self/fd/9";
    private const string OpenFolder = "exec 9<\"$1\"; shift; exec \"$@\"";

    // Written anew at each start: whoever runs the console then is the one who may connect. The kernel vouches for it (peer).
    private const string Configure = $"""
        umask 077
        exec >{Here}/start.log 2>&1 </dev/null
        printf '%s\n' 'local all mcpconsole peer map=console' >{Here}/pg_hba.conf
        printf '%s\n' "$1" >{Here}/pg_ident.conf
        shift
        exec "$@"
        """;

    private static readonly string[] s_settings =
    [
        "listen_addresses=", "unix_socket_permissions=0700", "max_connections=50", "shared_buffers=32MB", "jit=off",
        "wal_level=minimal", "max_wal_senders=0", "max_wal_size=256MB", "max_parallel_workers_per_gather=0", "max_logical_replication_workers=0",
        "timezone=UTC", "log_timezone=UTC", "log_checkpoints=off",
        // A week of days, each file overwritten a week later.
        "logging_collector=on", "log_filename=postgresql-%a.log", "log_truncate_on_rotation=on", "log_rotation_age=1d", "log_rotation_size=0",
    ];

    public string Folder => data.Postgres;

    public string Socket { get; } = SocketFolder.For(data.Postgres, Environment.IsPrivilegedProcess);

    public bool Exists => File.Exists(Path.Combine(Folder, "PG_VERSION"));

    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = Socket,
        Username = "mcpconsole",
        Database = "mcpconsole",
        MaxPoolSize = 40,
        Timeout = 5,
        GssEncryptionMode = GssEncryptionMode.Disable,
        SslMode = SslMode.Disable,
    }.ConnectionString;

    public async Task<int> ReadMajorAsync(CancellationToken cancellationToken) =>
        int.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "PG_VERSION"), cancellationToken), CultureInfo.InvariantCulture);

    public static IReadOnlyList<string> InitCommand(string folder, PostgresPrograms programs, PostgresUser? user) =>
    [
        .. Inside(folder, user), programs.Initdb, "-D", Here, "--username=mcpconsole", "--auth=peer", "--encoding=UTF8", "--locale=C",
        "--data-checksums", "--no-instructions",
    ];

    /// <summary>In a session of its own: Ctrl+C in the terminal reaches the console, which then stops it in turn.</summary>
    public IReadOnlyList<string> StartCommand(PostgresPrograms programs, PostgresUser? user)
    {
        var socket = Socket == Folder ? "." : Socket;
        var settings = s_settings.Append($"unix_socket_directories={socket}").SelectMany(setting => new[] { "-c", setting });
        var identity = $"console \"{Environment.UserName}\" mcpconsole";
        return ["setsid", .. Inside(Folder, user), "/bin/sh", "-c", Configure, "sh", identity, programs.Postgres, "-D", Here, .. settings];
    }

    /// <summary>What PostgreSQL printed last, to say why it did not start.</summary>
    public string LastWords()
    {
        var files = new DirectoryInfo(Folder).EnumerateFiles("start.log")
            .Concat(new DirectoryInfo(Path.Combine(Folder, "log")) is { Exists: true } logs ? logs.EnumerateFiles("*.log") : [])
            .OrderByDescending(file => file.LastWriteTimeUtc);
        var lines = files.SelectMany(file => File.ReadLines(file.FullName).Reverse())
            .Where(line => line.Contains("FATAL", StringComparison.Ordinal) || line.Contains("PANIC", StringComparison.Ordinal)
                || line.Contains("could not", StringComparison.Ordinal));
        return lines.FirstOrDefault() ?? $"see the files in {Path.Combine(Folder, "log")}";
    }

    private static IEnumerable<string> Inside(string folder, PostgresUser? user) =>
        ["/bin/sh", "-c", OpenFolder, "sh", folder, .. user?.Prefix ?? []];
}
