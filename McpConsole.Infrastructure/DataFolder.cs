using McpConsole.Domain.Servers;

namespace McpConsole.Infrastructure;

/// <summary>Everything that the console keeps stands under one folder; this is its layout.</summary>
/// <param name="Root">An absolute path: child processes run in other directories.</param>
public sealed record DataFolder(string Root)
{
    /// <summary>The private PostgreSQL's cluster.</summary>
    public string Postgres => Path.Combine(Root, "postgres");

    /// <summary>Events, runs and audit entries that the database does not have yet.</summary>
    public string Journal => Path.Combine(Root, "journal");

    /// <summary>Data Protection keys; who can read them can read the stored secrets.</summary>
    public string Keys => Path.Combine(Root, "keys");

    /// <summary>One folder per server with what must survive the console and cannot wait for the database: its live run, its spool.</summary>
    public string Servers => Path.Combine(Root, "servers");

    /// <summary>One folder of segments per server.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>The cache of tool plans made from OpenAPI documents.</summary>
    public string Plans => Path.Combine(Root, "plans");

    /// <summary>What was changed on the Settings page.</summary>
    public string Settings => Path.Combine(Root, "settings.json");

    public string Server(ServerId id) => Path.Combine(Servers, id.ToString());

    public string Log(ServerId id) => Path.Combine(Logs, id.ToString());

    /// <summary>Makes the folder, unless it is there: for its owner alone, since commands and output of servers stand in it.</summary>
    public void Create() => Directory.CreateDirectory(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    /// <summary>Takes a path as an administrator writes it, relative to the current directory.</summary>
    public static DataFolder At(string path) => new(Path.GetFullPath(path));
}
