using System.Runtime.InteropServices;

namespace McpConsole.Infrastructure.Database;

internal static partial class Posix
{
    public const int SigInt = 2;
    public const int SigQuit = 3;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    public static bool IsAlive(int pid) => Kill(pid, 0) == 0;
}
