using System.Runtime.InteropServices;

namespace McpConsole.Infrastructure.Processes;

/// <summary>
/// <c>posix_spawn</c>: unlike <see cref="System.Diagnostics.Process"/> it makes a session of its own, lets the kernel append the output
/// to files, and leaves no pipe behind that a grandchild could hold open.
/// </summary>
internal static unsafe class PosixSpawn
{
    private const short SetDefaultSignals = 0x04;
    private const short SetSignalMask = 0x08;
    private const short SetSession = 0x80;

    // sigset_t, posix_spawnattr_t and posix_spawn_file_actions_t take 128, 336 and 80 bytes in glibc, less in musl.
    private const int StructureSize = 512;
    private static readonly bool s_closesDescriptors =
        NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "posix_spawn_file_actions_addclosefrom_np", out _);

    /// <summary>Starts it; returns 0 or the error number.</summary>
    public static int Start(SpawnRequest request, out int pid)
    {
        var attributes = stackalloc byte[StructureSize];
        var actions = stackalloc byte[StructureSize];
        var path = Marshal.StringToCoTaskMemUTF8(request.Path);
        var argv = Strings(request.Argv);
        var environment = Strings(request.Environment);
        _ = Libc.SpawnAttributesInit(attributes);
        _ = Libc.FileActionsInit(actions);
        try
        {
            SetAttributes(attributes);
            AddActions(actions, request);
            int started;
            var error = Libc.PosixSpawn(&started, (byte*)path, actions, attributes, argv, environment);
            pid = started;
            return error;
        }
        finally
        {
            _ = Libc.FileActionsDestroy(actions);
            _ = Libc.SpawnAttributesDestroy(attributes);
            Free(argv);
            Free(environment);
            Marshal.FreeCoTaskMem(path);
        }
    }

    // A child inherits ignored and blocked signals: .NET ignores SIGPIPE, and a child that expects to die of it would not.
    private static void SetAttributes(void* attributes)
    {
        var signals = stackalloc byte[StructureSize];
        _ = Libc.FillSignals(signals);
        _ = Libc.SpawnAttributesSetDefaultSignals(attributes, signals);
        _ = Libc.EmptySignals(signals);
        _ = Libc.SpawnAttributesSetSignalMask(attributes, signals);
        _ = Libc.SpawnAttributesSetFlags(attributes, SetSession | SetDefaultSignals | SetSignalMask);
    }

    private static void AddActions(void* actions, SpawnRequest request)
    {
        Add(actions, 0, request.Input);
        Add(actions, 1, request.Output);
        Add(actions, 2, request.Error);
        if (request.WorkingDirectory is { } directory)
        {
            _ = Libc.FileActionsAddChangeDirectory(actions, directory);
        }

        // .NET opens everything close-on-exec; what our own parent left open for us is not.
        if (s_closesDescriptors)
        {
            _ = Libc.FileActionsAddCloseFrom(actions, 3);
        }
    }

    private static void Add(void* actions, int fd, ChildStream stream) =>
        _ = stream.File is { } file
            ? Libc.FileActionsAddOpen(actions, fd, file, stream.Flags, 0x180 /* 0600 */)
            : Libc.FileActionsAddDup(actions, stream.Descriptor, fd);

    private static byte** Strings(IReadOnlyList<string> strings)
    {
        var list = (byte**)NativeMemory.AllocZeroed((nuint)strings.Count + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < strings.Count; i++)
        {
            list[i] = (byte*)Marshal.StringToCoTaskMemUTF8(strings[i]);
        }

        return list;
    }

    private static void Free(byte** strings)
    {
        for (var i = 0; strings[i] is not null; i++)
        {
            // Environments hold secrets: they shall not stay in freed memory.
            Marshal.ZeroFreeCoTaskMemUTF8((nint)strings[i]);
        }

        NativeMemory.Free(strings);
    }
}
