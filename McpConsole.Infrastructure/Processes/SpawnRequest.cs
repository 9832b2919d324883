namespace McpConsole.Infrastructure.Processes;

/// <summary>What the kernel is asked to start.</summary>
/// <param name="Path">The program's file; <paramref name="Argv"/> keeps the word that was written.</param>
internal sealed record SpawnRequest(
    string Path,
    IReadOnlyList<string> Argv,
    IReadOnlyList<string> Environment,
    string? WorkingDirectory,
    ChildStream Input,
    ChildStream Output,
    ChildStream Error);

/// <summary>What a child gets as one of its standard streams: a file opened for it, or one of our descriptors.</summary>
internal readonly record struct ChildStream(string? File, int Flags, int Descriptor)
{
    public static ChildStream Nothing { get; } = new("/dev/null", Libc.OReadOnly, -1);

    /// <summary>The kernel appends each write, so that any number of writers and our own restarts lose nothing.</summary>
    public static ChildStream AppendTo(string file) => new(file, Libc.OWriteOnly | Libc.OAppend | Libc.OCreate, -1);

    public static ChildStream From(int descriptor) => new(null, 0, descriptor);
}
